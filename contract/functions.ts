import type {
  AnswerTransferData,
  AnswerTransferRequest,
  AvatarUploadData,
  AvatarUploadRequest,
  CancelTransferData,
  CancelTransferRequest,
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
  RequestTransferData,
  RequestTransferRequest,
  TransferStateData,
  TransferStateRequest,
  UpdateAccountData,
  UpdateAccountRequest,
} from './account'
import type { AppFunctions } from './app/functions'
import type { CheckTokenData, CheckTokenRequest } from './check-token'
import type { Exchange } from './exchange'
import type { LoginData, LoginRequest } from './login'
import type { LogoutData, LogoutRequest } from './logout'

/**
 * Every cloud function that a mini-program calls. In one with several actions the field `action` selects one. Each request
 * may also say in which language it is answered: `LanguageRequest`.
 */
export interface CloudFunctions extends AppFunctions {
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
    | Exchange<RequestTransferRequest, RequestTransferData>
    | Exchange<TransferStateRequest, TransferStateData>
    | Exchange<CancelTransferRequest, CancelTransferData>
    | Exchange<AnswerTransferRequest, AnswerTransferData>
    | Exchange<CloseAccountRequest, CloseAccountData>
}

/** Functions that are called with a token, added to the request as the field `token`. */
export type GuardedFunction = Exclude<keyof CloudFunctions, 'login'>

export type RequestOf<Name extends keyof CloudFunctions> = CloudFunctions[Name]['request']

/** The data of the function's answer to a request of this type. */
export type DataOf<Name extends keyof CloudFunctions, Request> = DataFor<CloudFunctions[Name], Request>

type DataFor<Possible, Request> =
  Possible extends Exchange<infer Asked, infer Data> ? (Request extends Asked ? Data : never) : never
