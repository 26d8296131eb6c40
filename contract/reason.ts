/** Why a call was refused: a closed list, machine-readable, the same on both sides. */
export type Reason =
  /** A field of the request is missing or invalid; `message` names it. */
  | 'BAD_REQUEST'
  /** The phone code, or the ticket for it, is expired, used, another user's, or invalid. Authorize again. */
  | 'PHONE_CODE_INVALID'
  /** A new user, or a new version of the agreement: ask for consent, then call again with it. */
  | 'CONSENT_REQUIRED'
  /** Called from outside a mini-program (console test, timer, another function), so without a caller. */
  | 'CALLER_UNKNOWN'
  /** A function that requires a login was called without a token. */
  | 'TOKEN_MISSING'
  /** Not a token of this service: garbled, cut, padded, or with claims missing. */
  | 'TOKEN_MALFORMED'
  /** Signed with another algorithm than this service uses, or marked as unsigned. */
  | 'TOKEN_ALGORITHM'
  /** Signed with a key this service does not have (any more), or changed after it was signed. */
  | 'TOKEN_SIGNATURE'
  /** Issued by another service, or for another mini-program. */
  | 'TOKEN_AUDIENCE'
  /** The token or its session has expired. A silent login returns a new token. */
  | 'TOKEN_EXPIRED'
  /** Issued to another WeChat account than the one that sends it. */
  | 'TOKEN_FOREIGN'
  /** The session was ended: on another device, by an eleventh login, or by logging out. */
  | 'SESSION_REVOKED'
  /** An administrator disabled the account. */
  | 'ACCOUNT_DISABLED'
  /** The account of this token no longer exists. */
  | 'ACCOUNT_CLOSED'
  /** Silent login of an unknown user, or of one without a stored number: ask for the phone number. */
  | 'PHONE_REQUIRED'
  /** The document that the request names does not exist, or is not the caller's. */
  | 'NOT_FOUND'
  /** The account has as many of these as one account may have. */
  | 'LIMIT_REACHED'
  /** Too many logins of this person in a short time; `retryAfterSeconds` says when to try again. */
  | 'RATE_LIMITED'
  /** WeChat has not vouched for the caller's number within 30 days: ask for the number, then call again. */
  | 'PHONE_UNVERIFIED'
  /** There is no other account of the caller's number that could be asked for a transfer. */
  | 'TRANSFER_UNAVAILABLE'
  /** The other account is being asked by somebody else already. */
  | 'TRANSFER_PENDING'
  /** The other account said no less than 30 days ago. */
  | 'TRANSFER_REFUSED'
  /** The question is gone: answered, withdrawn, expired, replaced by another one, or one of the two numbers changed. */
  | 'TRANSFER_EXPIRED'
  /** WeChat's content check refuses the text. */
  | 'CONTENT_RISKY'
  /** WeChat's content check wants a person to review the text. Nobody does, so the user is asked for another one. */
  | 'CONTENT_DOUBTFUL'
  /** WeChat's content check failed; nothing was changed. */
  | 'CONTENT_UNCHECKED'
  /** Not a picture of an allowed type and size, or not where the server said it should be uploaded. */
  | 'AVATAR_INVALID'
  /** `admin` was called without a valid admin token, or from anywhere but the console's 云端测试. */
  | 'ADMIN_DENIED'
  /** The admin token is valid and does not permit this action; `message` names the role that it lacks. */
  | 'ADMIN_ROLE'
  /** `cleanup` was not called by its timer. */
  | 'TIMER_ONLY'
  /** A setting is missing or wrong; the function's log says which. */
  | 'MISCONFIGURED'
  /** A defect. The function's log has the details under `requestId`. */
  | 'INTERNAL'
  /** WeChat's servers are busy or limit the rate; `retryAfterSeconds` says when to try again. */
  | 'WECHAT_BUSY'
  /** WeChat's daily quota for this mini-program is used up. */
  | 'WECHAT_QUOTA'
  /** The day's budget of phone authorizations is used up (`PHONE_BUDGET_PER_DAY`): ask for no number until tomorrow. */
  | 'PHONE_BUDGET_SPENT'
  /** The database failed; the request itself may be valid. */
  | 'DATABASE_UNAVAILABLE'
  /** An upstream call did not answer within the function's time. */
  | 'TIMEOUT'
