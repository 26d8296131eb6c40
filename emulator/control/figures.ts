/** What happened in the cloud, counted by day of China's time (UTC+8), as WeChat's own console counts. */
export interface Figures {
  /** Oldest first, without gaps. */
  days: readonly DayFigures[]
  /** Of all these days; the most called first. */
  functions: readonly FunctionFigures[]
  /** Of all these days; the most frequent first. */
  refusals: readonly Refusals[]
  /** Names of the kinds of login, in the order of the settings; empty if the project names no login. */
  loginKinds: readonly string[]
  /** Yuan for each phone authorization. */
  prices: AuthorizationPrices
}

export interface DayFigures {
  /** Such as `2026-11-28`. */
  day: string
  calls: number
  /** Calls that the function refused, or that failed. */
  refused: number
  /** Successful logins by kind. */
  logins: Readonly<Record<string, number>>
  authorizations: Authorizations
  /** What the authorizations cost, in yuan, without the free ones that each mini-program has. */
  costYuan: number
}

/** Numbers that users have given by the phone button. WeChat bills each at the tap, whatever becomes of its code. */
export interface Authorizations {
  /** 手机号快速验证 */
  quick: number
  /** 手机号实时验证 */
  realtime: number
}

export interface AuthorizationPrices {
  quickYuan: number
  realtimeYuan: number
}

export interface FunctionFigures {
  name: string
  calls: number
  refused: number
  coldStarts: number
  /** Within 5 %; absent if no call has ended. */
  medianMilliseconds?: number
  /** 95 of 100 calls took no longer. */
  p95Milliseconds?: number
}

/** How often a function has refused for a reason, or failed. */
export interface Refusals {
  functionName: string
  /** The answer's reason, or its code if it names none; for a failure the platform's number. */
  reason: string
  count: number
}

/** What the figures need to know of a project, in emulator.config. */
export interface FiguresSettings {
  /** Which calls are logins; without it none are counted. */
  logins?: {
    /** Name of the function. Each of its successful calls is a login. */
    function: string
    /** By name of a kind, the field of the event that such a login has: `{ '手机号': 'phoneCode' }`. The first that fits. */
    kinds?: Readonly<Record<string, string>>
    /** Name of the kind of all others. */
    otherwise?: string
  }
  /** Fields of an answer that says how it went. By default `code`, `reason`, and 0 and 200 for a success. */
  outcome?: {
    codeField?: string
    reasonField?: string
    successCodes?: readonly (number | string)[]
  }
  /**
   * Yuan for each phone authorization. By default 0.03 for 快速验证 and 0.04 for 实时验证, from WeChat's documentation of
   * the two components.
   */
  prices?: Partial<AuthorizationPrices>
}
