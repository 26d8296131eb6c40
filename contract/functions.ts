import type { CheckTokenData, CheckTokenRequest } from './check-token'
import type { LoginData, LoginRequest } from './login'
import type { LogoutData, LogoutRequest } from './logout'
import type { ListTripsData, ListTripsRequest, SaveTripData, SaveTripRequest } from './trips'

/** Every cloud function that a mini-program calls: what it may be asked, and what it then answers. */
export interface CloudFunctions {
  login: (request: LoginRequest) => LoginData
  checkToken: (request: CheckTokenRequest) => CheckTokenData
  logout: (request: LogoutRequest) => LogoutData
  trips: ((request: SaveTripRequest) => SaveTripData) & ((request: ListTripsRequest) => ListTripsData)
}

/** Functions that are called with a token, added to the request as the field `token`. */
export type GuardedFunction = 'checkToken' | 'logout' | 'trips'
