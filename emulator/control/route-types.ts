import type { ControlInterface } from './interface.ts'

/** `GET clock`, `POST collections/:name/indexes` … */
export type ControlRoute = keyof ControlInterface

export type ControlMethod = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** The JSON body of a route; `undefined` where it has none. */
export type ControlBody<Route extends ControlRoute> = ControlInterface[Route] extends { body: infer Body }
  ? Body
  : undefined

export type ControlAnswer<Route extends ControlRoute> = ControlInterface[Route]['answer']

/**
 * The route that a method and an address mean: `'GET'` and `'calls?limit=1'` are `GET calls`. An address with a
 * variable segment is written as a template: `` `collections/${name}/documents` ``. `never` for an unknown address.
 */
export type RouteOf<Method extends ControlMethod, Address extends string> = {
  [Route in ControlRoute]: Route extends `${Method} ${infer Pattern}`
    ? Matches<Segments<Pattern>, Segments<WithoutQuery<Address>>> extends true
      ? Route
      : never
    : never
}[ControlRoute]

/** An address that the interface knows for that method; `never` for any other, so that it does not compile. */
export type KnownAddress<Method extends ControlMethod, Address extends string> =
  RouteOf<Method, Address> extends never ? never : Address

/** The body as an argument, which is optional where the route has none or needs none. */
export type BodyArguments<Method extends ControlMethod, Address extends string> =
  ControlBody<RouteOf<Method, Address>> extends undefined
    ? [body?: object]
    : Record<never, never> extends ControlBody<RouteOf<Method, Address>>
      ? [body?: ControlBody<RouteOf<Method, Address>>]
      : [body: ControlBody<RouteOf<Method, Address>>]

export type AddressAnswer<Method extends ControlMethod, Address extends string> = ControlAnswer<
  RouteOf<Method, Address>
>

type WithoutQuery<Address extends string> = Address extends `${infer Path}?${string}` ? Path : Address

type Segments<Path extends string> = Path extends `${infer Head}/${infer Tail}`
  ? [Head, ...Segments<Tail>]
  : [Path]

type Matches<Pattern extends string[], Path extends string[]> = Pattern extends [
  infer Name,
  ...infer Names extends string[],
]
  ? Path extends [infer Segment, ...infer Rest extends string[]]
    ? Name extends `:${string}`
      ? Matches<Names, Rest>
      : Segment extends Name
        ? Matches<Names, Rest>
        : false
    : false
  : Path extends []
    ? true
    : false
