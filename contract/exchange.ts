/** One request of a function, and the data of its answer. */
export interface Exchange<Request, Data> {
  request: Request
  data: Data
}
