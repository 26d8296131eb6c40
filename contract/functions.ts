import type {
  AvatarUploadData,
  AvatarUploadRequest,
  ChangePhoneData,
  ChangePhoneRequest,
  CloseAccountData,
  CloseAccountRequest,
  ExportAccountData,
  ExportAccountRequest,
  GetAccountData,
  GetAccountRequest,
  ListSessionsData,
  ListSessionsRequest,
  UpdateAccountData,
  UpdateAccountRequest,
} from './account'
import type { CheckTokenData, CheckTokenRequest } from './check-token'
import type { LoginData, LoginRequest } from './login'
import type { LogoutData, LogoutRequest } from './logout'
import type {
  ListTripsData,
  ListTripsRequest,
  RemoveTripData,
  RemoveTripRequest,
  SaveTripData,
  SaveTripRequest,
} from './trips'

/** One thing a function can be asked, and what it then answers. */
export interface Exchange<Request, Data> {
  request: Request
  data: Data
}

/** Every cloud function that a mini-program calls. Those with several actions are told apart by `action`. */
export interface CloudFunctions {
  login: Exchange<LoginRequest, LoginData>
  checkToken: Exchange<CheckTokenRequest, CheckTokenData>
  logout: Exchange<LogoutRequest, LogoutData>
  account:
    | Exchange<GetAccountRequest, GetAccountData>
    | Exchange<UpdateAccountRequest, UpdateAccountData>
    | Exchange<AvatarUploadRequest, AvatarUploadData>
    | Exchange<ChangePhoneRequest, ChangePhoneData>
    | Exchange<ListSessionsRequest, ListSessionsData>
    | Exchange<ExportAccountRequest, ExportAccountData>
    | Exchange<CloseAccountRequest, CloseAccountData>
  trips:
    | Exchange<SaveTripRequest, SaveTripData>
    | Exchange<ListTripsRequest, ListTripsData>
    | Exchange<RemoveTripRequest, RemoveTripData>
}

/** Functions that are called with a token, added to the request as the field `token`. */
export type GuardedFunction = Exclude<keyof CloudFunctions, 'login'>

export type RequestOf<Name extends keyof CloudFunctions> = CloudFunctions[Name]['request']

/** What the function answers to this very request. */
export type DataOf<Name extends keyof CloudFunctions, Request> = DataFor<CloudFunctions[Name], Request>

type DataFor<Possible, Request> =
  Possible extends Exchange<infer Asked, infer Data> ? (Request extends Asked ? Data : never) : never
