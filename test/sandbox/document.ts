import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** A schema of the vendor's document. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}

interface Operation {
  readonly requestBody?: { content: { 'application/json': { schema: Schema } } }
}

const file = join(__dirname, '../fixtures/seam-openapi-subset.json.gz')
const document = JSON.parse(gunzipSync(readFileSync(file)).toString()) as {
  readonly paths: Readonly<Record<string, { readonly post: Operation }>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** A schema with all that it may be. */
function alternatives(schema: Schema): Schema[] {
  const { $ref, oneOf = [], anyOf = [], allOf = [] } = schema
  const target = $ref && document.components.schemas[$ref.split('/').at(-1) ?? '']
  if (target) return alternatives(target)
  return [schema, ...[...oneOf, ...anyOf, ...allOf].flatMap(alternatives)]
}

/** The members that a schema names, in whatever alternative. */
export const membersOf = (schema: Schema): Readonly<Record<string, Schema>> =>
  Object.assign({}, ...alternatives(schema).map(({ properties }) => properties ?? {})) as Record<
    string,
    Schema
  >

/** The parameters that the document gives a call. */
export const parametersOf = (path: string): Readonly<Record<string, Schema>> =>
  membersOf(document.paths[path]?.post.requestBody?.content['application/json'].schema ?? {})

/** The first alternative that says what a value looks like. */
export const formOf = (schema: Schema): Schema =>
  alternatives(schema).find(({ type }) => type !== undefined) ?? schema
