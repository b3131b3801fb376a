// @ts-check
// Access grants by a dynamic provider as the guides teach to write one: a provider object whose
// code is kept in every resource's state, one call for every read, and the whole answer as outputs.
const pulumi = require('@pulumi/pulumi')
const axios = require('axios')

/** @typedef {Record<string, any>} Properties */

/** @param {string} path @param {Properties} body */
async function post(path, body) {
  const { data } = await axios.post(`${process.env.SEAM_ENDPOINT}${path}`, body, {
    headers: { authorization: `Bearer ${process.env.SEAM_API_KEY}` },
  })
  return data
}

const replacing = ['user_identity_id', 'space_ids', 'requested_access_methods']
const updatable = ['name', 'starts_at', 'ends_at']

/** @param {unknown} one @param {unknown} other */
const differs = (one, other) => JSON.stringify(one) !== JSON.stringify(other)

/** @implements {pulumi.dynamic.ResourceProvider} */
class AccessGrantProvider {
  /** @param {Properties} inputs */
  async create(inputs) {
    const { __provider, ...body } = inputs
    const { access_grant: grant } = await post('/access_grants/create', body)
    return { id: grant.access_grant_id, outs: { ...grant, ...body } }
  }

  /** @param {string} id @param {Properties} props */
  async read(id, props) {
    const { access_grant: grant } = await post('/access_grants/get', { access_grant_id: id })
    // Seam adds to what was requested, which the next diff would take for a change.
    const { requested_access_methods } = props
    return { id, props: { ...props, ...grant, requested_access_methods } }
  }

  /** @param {string} id @param {Properties} olds @param {Properties} news */
  async update(id, olds, news) {
    const changed = updatable.filter((name) => differs(olds[name], news[name]))
    const changes = Object.fromEntries(changed.map((name) => [name, news[name] ?? null]))
    await post('/access_grants/update', { access_grant_id: id, ...changes })
    const { access_grant: grant } = await post('/access_grants/get', { access_grant_id: id })
    const { __provider, ...inputs } = news
    return { outs: { ...grant, ...inputs } }
  }

  /** @param {string} id */
  async delete(id) {
    await post('/access_grants/delete', { access_grant_id: id })
  }

  /** @param {string} _id @param {Properties} olds @param {Properties} news */
  async diff(_id, olds, news) {
    const replaces = replacing.filter((name) => differs(olds[name], news[name]))
    const changes = [...replacing, ...updatable].some((name) => differs(olds[name], news[name]))
    return { changes, replaces }
  }
}

const provider = new AccessGrantProvider()

class AccessGrant extends pulumi.dynamic.Resource {
  /** @param {string} name @param {Properties} args @param {pulumi.CustomResourceOptions} [opts] */
  constructor(name, args, opts) {
    const outputs = {
      access_grant_id: undefined,
      access_grant_key: undefined,
      access_method_ids: undefined,
      created_at: undefined,
      display_name: undefined,
      errors: undefined,
      pending_mutations: undefined,
      warnings: undefined,
      workspace_id: undefined,
    }
    super(provider, name, { ...outputs, ...args }, opts)
  }
}

module.exports = { AccessGrant }
