import type { AxiosError } from 'axios'
import { isLasting, isUnreachable } from './retry'

/** Why there is no answer, and what to do about it. */
export function lossReason(error: AxiosError, endpoint: string): string {
  const { code = 'for no reason given', config, response } = error
  // Without a user's name and password, which an address may hold.
  const { origin, hostname } = new URL(endpoint)
  if (code === 'ECONNABORTED') return `no answer within ${config!.timeout! / 1000} s`
  if (code === 'ENOTFOUND') return `there is no ${hostname} (${code}). ${isItRight}`
  if (code === 'EACCES' || code === 'EPERM') {
    return `this machine forbids to connect to ${origin} (${code}). Ask whoever looks after its firewall.`
  }
  if (isUnreachable(error)) {
    const what = code === 'ECONNREFUSED' ? 'nobody listens at' : 'there is no way to'
    return `${what} ${origin} (${code}). ${isItRight}`
  }
  if (isLasting(error)) {
    return `there is no secure connection to ${origin} (${code}). ${isItRight} An authority of your own belongs into NODE_EXTRA_CA_CERTS.`
  }
  if (response) return 'the answer broke off'
  return `the connection was lost (${code})`
}

const isItRight = 'Is SEAM_ENDPOINT right?'
