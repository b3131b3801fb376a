import { Issues, type IssueTree } from './issues'

/** An answer other than 200: status, Seam's error type, and a message. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
    readonly details: {
      readonly data?: Readonly<Record<string, unknown>>
      readonly validation_errors?: IssueTree
    } = {},
  ) {
    super(message)
  }

  body(): object {
    return { error: { type: this.type, message: this.message, ...this.details } }
  }
}

export function badRequest(type: string, message: string): ApiError {
  return new ApiError(400, type, message)
}

export function invalidInput(issues: Issues): ApiError {
  return new ApiError(400, 'invalid_input', issues.summary(), { validation_errors: issues.tree() })
}

/** `invalid_input` for one parameter, found only after the request itself was read. */
export function invalidParameter(parameter: string, message: string): ApiError {
  const issues = new Issues()
  issues.at(parameter).add(message)
  return invalidInput(issues)
}

export function unauthorized(message: string): ApiError {
  return new ApiError(401, 'unauthorized', message)
}

/** 404 with the type `<resource>_not_found`. */
export function notFound(resource: string, which: string): ApiError {
  const words = resource.replaceAll('_', ' ')
  return new ApiError(404, `${resource}_not_found`, `Could not find ${words} ${which}`)
}

export function conflict(type: string, message: string, status = 409): ApiError {
  return new ApiError(status, type, message)
}
