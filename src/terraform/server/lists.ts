import { lookups, lookUp, type Lookup } from '../../lookups'
import { resources, type SeamResource } from '../../resources'
import { isWire, type Wire } from '../../schema'
import type { Seam } from '../../seam'
import { attributesOf, type Attribute } from '../schema/attributes'
import { asked } from '../schema/configuration'
import { mustBe, recordOf } from '../schema/conform'
import { failure, invalid } from '../schema/diagnostics'
import { schemaMessage } from '../schema/message'
import { typeName } from '../schema/surface'
import { toDynamic, type DynamicValue } from '../wire/dynamic-value'
import type { Handler } from './handler'
import { typeIn } from './lookups'
import type { Outcome } from './resource'

interface Listing {
  readonly lookup: Lookup
  readonly attributes: readonly Attribute[]
  idOf(entry: Wire, by: Wire): string
}

function listing(definition: SeamResource, lookup: Lookup): Listing {
  const idOf = lookup.lists?.id ?? ((entry: Wire) => String(entry[definition.id]))
  return { lookup, attributes: attributesOf(lookup.by), idOf }
}

/** Finds objects that no configuration declares yet: `terraform query`. */
export class ListServer {
  readonly types: ReadonlyMap<string, Listing> = new Map(
    resources.flatMap((definition): [string, Listing][] =>
      lookups
        .filter(({ lists }) => lists?.resource === definition.name)
        .map((lookup) => [typeName(definition.name), listing(definition, lookup)]),
    ),
  )

  /** @param object what a resource of this type and id is, as a state has it */
  constructor(
    private readonly seam: () => Seam,
    private readonly object: (type: string, id: string) => Promise<Outcome>,
  ) {}

  readonly handlers: Readonly<Record<string, Handler>> = {
    ValidateListResourceConfig: ({ type_name: name, config }) => ({
      diagnostics: this.asked(name, config).problems.map(invalid),
    }),
  }

  readonly streams = { ListResource: (request: any) => this.list(request) }

  schemas() {
    return Object.fromEntries(
      [...this.types].map(([name, { lookup, attributes }]) => [
        name,
        schemaMessage(attributes, lookup.about),
      ]),
    )
  }

  private asked(name: string, config: DynamicValue) {
    const { lookup, attributes } = typeIn(this.types, name)
    return asked(lookup, mustBe(recordOf(attributes, config, 'configuration')))
  }

  private async *list(request: any): AsyncGenerator<object> {
    const { type_name: name, config, include_resource_object: isWhole, limit } = request
    const { lookup, idOf } = typeIn(this.types, name)
    const { inputs, problems } = this.asked(name, config)
    if (problems.length > 0) {
      yield { diagnostic: problems.map(invalid) }
      return
    }
    try {
      const found = await lookUp(lookup, this.seam(), inputs)
      const entries = Object.values(found).flat().filter(isWire)
      const some = limit > 0 ? entries.slice(0, limit) : entries
      const events = some.map((entry) => this.event(name, entry, idOf(entry, inputs), isWhole))
      for (const event of events) yield await event
    } catch (error) {
      yield { diagnostic: [failure(error)] }
    }
  }

  private async event(type: string, entry: Wire, id: string, isWhole: boolean): Promise<object> {
    const name = ['name', 'full_name', 'display_name'].map((one) => entry[one]).find(Boolean)
    const event = {
      identity: { identity_data: toDynamic({ id }) },
      display_name: String(name ?? id),
    }
    if (!isWhole) return event
    return { ...event, resource_object: toDynamic((await this.object(type, id)).values) }
  }
}
