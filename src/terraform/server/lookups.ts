import { lookups, lookUp, type Lookup } from '../../lookups'
import type { Seam } from '../../seam'
import type { Attribute } from '../schema/attributes'
import { asked } from '../schema/configuration'
import { mustBe, recordOf } from '../schema/conform'
import { failure, invalid, type Diagnostic } from '../schema/diagnostics'
import { schemaMessage } from '../schema/message'
import { dataAttributes, dataType, typeName, type DataType } from '../schema/surface'
import { toTerraform } from '../schema/values'
import { toDynamic, type DynamicValue } from '../wire/dynamic-value'
import type { Handler } from './handler'

interface Served extends DataType {
  readonly attributes: readonly Attribute[]
}

type Types = ReadonlyMap<string, Served>

function served(lookup: Lookup): Served {
  const type = dataType(lookup)
  return { ...type, attributes: dataAttributes(type) }
}

/** What can be asked of Seam, kept in the state (`data`) or not (`ephemeral`). */
export class LookupServer {
  readonly data: Types = new Map(lookups.map((one) => [typeName(one.name), served(one)]))

  readonly ephemeral: Types = new Map(
    lookups.flatMap((one) =>
      one.ephemeral === undefined ? [] : [[typeName(one.ephemeral), served(one)]],
    ),
  )

  constructor(private readonly seam: () => Seam) {}

  readonly handlers: Readonly<Record<string, Handler>> = {
    ValidateDataResourceConfig: ({ type_name: name, config }) => ({
      diagnostics: askedOf(typeIn(this.data, name), config).problems.map(invalid),
    }),
    ReadDataSource: async ({ type_name: name, config }) => {
      const { state, diagnostics } = await this.answer(typeIn(this.data, name), config)
      return { state, diagnostics }
    },
    ValidateEphemeralResourceConfig: ({ type_name: name, config }) => ({
      diagnostics: askedOf(typeIn(this.ephemeral, name), config).problems.map(invalid),
    }),
    OpenEphemeralResource: async ({ type_name: name, config }) => {
      const { state, diagnostics } = await this.answer(typeIn(this.ephemeral, name), config)
      return { result: state, diagnostics }
    },
    // Nothing is held open in Seam.
    RenewEphemeralResource: () => ({}),
    CloseEphemeralResource: () => ({}),
  }

  schemas(types: Types) {
    return Object.fromEntries(
      [...types].map(([name, { attributes, lookup }]) => [
        name,
        schemaMessage(attributes, lookup.about),
      ]),
    )
  }

  private async answer(
    type: Served,
    config: DynamicValue,
  ): Promise<{ state?: DynamicValue; diagnostics: Diagnostic[] }> {
    const { lookup, fields } = type
    const { inputs, problems, given } = askedOf(type, config)
    if (problems.length > 0) return { diagnostics: problems.map(invalid) }
    try {
      const found = await lookUp(lookup, this.seam(), inputs)
      const id = lookup.id === undefined ? {} : { id: found[lookup.id] }
      const state = toDynamic(toTerraform(fields, { ...found, ...given, ...id }))
      return { state, diagnostics: [] }
    } catch (error) {
      return { diagnostics: [failure(error)] }
    }
  }
}

const askedOf = ({ lookup, attributes }: Served, config: DynamicValue) =>
  asked(lookup, mustBe(recordOf(attributes, config, 'configuration')))

export function typeIn<T>(types: ReadonlyMap<string, T>, name: string): T {
  const found = types.get(name)
  if (!found) throw new Error(`There is no type ${name}`)
  return found
}
