import { text } from './fields'

/** A length of time as engines write it: `90s`, `10m`, `1h30m`. */
export const duration = (about: string) =>
  text(about, {
    pattern: /^(?=\d)(\d+h)?(\d+m)?(\d+s)?$/,
    mustBe: 'a length of time, such as 90s, 10m or 1h',
  })

/** `1h30m` in milliseconds. */
export function milliseconds(length: string): number {
  const part = (unit: string) => Number(new RegExp(`(\\d+)${unit}`).exec(length)?.[1] ?? 0)
  return (part('h') * 3600 + part('m') * 60 + part('s')) * 1_000
}
