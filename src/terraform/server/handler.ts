/** A call of the engine, and its answer. */
export type Handler = (request: any) => object | Promise<object>
