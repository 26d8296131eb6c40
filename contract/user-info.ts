/** What a user may see of their own account on every page. */
export interface UserInfo {
  /** `u_` and 22 characters; means nothing outside this service. */
  id: string
  /** Masked: `138****8000`, `+852 91****67`. Empty for an account without a number. */
  phone: string
  /**
   * When WeChat vouched for the number, by the cloud's clock, in milliseconds since 1970. Tells two numbers apart whose
   * masks are the same. Absent without a number, and for one that WeChat has not vouched for.
   */
  phoneVerifiedAt?: number
  nickname: string
  /** A cloud file id (`cloud://…`), or empty; for an imported user also the address of their WeChat picture (`https://…`). */
  avatar: string
}
