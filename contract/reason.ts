/** Why a call was refused: a closed list, machine-readable, the same on both sides. */
export type Reason =
  /** A field of the request is missing or not what it should be; `message` names it. */
  | 'BAD_REQUEST'
  /** The phone code, or the ticket in its place, is expired, used, somebody else's, or none at all. Authorize again. */
  | 'PHONE_CODE_INVALID'
  /** A new user, or a new version of the agreement: ask for consent, then call again with it. */
  | 'CONSENT_REQUIRED'
  /** Called from outside a mini-program (console test, timer, another function): nobody to log in. */
  | 'CALLER_UNKNOWN'
  /** A guarded function was called without a token. */
  | 'TOKEN_MISSING'
  /** Not a token of this service at all: garbled, cut, padded, or with claims missing. */
  | 'TOKEN_MALFORMED'
  /** Signed in another way than this service signs, or said to be unsigned. */
  | 'TOKEN_ALGORITHM'
  /** Signed with a key this service does not have (any more), or changed after it was signed. */
  | 'TOKEN_SIGNATURE'
  /** Issued by another service, or for another mini-program. */
  | 'TOKEN_AUDIENCE'
  /** Its time is over. A silent login gives a new one. */
  | 'TOKEN_EXPIRED'
  /** Issued to another WeChat account than the one that sends it. */
  | 'TOKEN_FOREIGN'
  /** The session was ended: on another device, by an eleventh login, or by logging out. */
  | 'SESSION_REVOKED'
  /** An administrator disabled the account. */
  | 'ACCOUNT_DISABLED'
  /** The account of this token does not exist any more. */
  | 'ACCOUNT_CLOSED'
  /** Silent login of somebody unknown, or without a number on file: ask for the phone number. */
  | 'PHONE_REQUIRED'
  /** What the request names is not there, or is not the caller's. */
  | 'NOT_FOUND'
  /** The account holds as many of these as one account may. */
  | 'LIMIT_REACHED'
  /** Too many logins of this person in a short time; `retryAfterSeconds` says when to try again. */
  | 'RATE_LIMITED'
  /** WeChat's content check refuses the text. */
  | 'CONTENT_RISKY'
  /** WeChat's content check wants a person to look at the text; nobody does, so another one is asked for. */
  | 'CONTENT_DOUBTFUL'
  /** WeChat's content check did not answer well; nothing was changed. */
  | 'CONTENT_UNCHECKED'
  /** Not a picture of an allowed type and size, or not where the server said it should be uploaded. */
  | 'AVATAR_INVALID'
  /** `admin` was called without a living admin token, or by anything but the console's 云端测试. */
  | 'ADMIN_DENIED'
  /** `cleanup` was called by anything but its timer. */
  | 'TIMER_ONLY'
  /** The developers or administrators have something to set; the function's log says what. */
  | 'MISCONFIGURED'
  /** A defect. The function's log has the details under `requestId`. */
  | 'INTERNAL'
  /** WeChat's servers are busy or limit the rate; `retryAfterSeconds` says when to try again. */
  | 'WECHAT_BUSY'
  /** WeChat's daily quota for this mini-program is used up. */
  | 'WECHAT_QUOTA'
  /** The database did not answer well; nothing is known to be wrong with the request. */
  | 'DATABASE_UNAVAILABLE'
  /** The function's own time ran out before everything had answered. */
  | 'TIMEOUT'
