/** What a user may see of their own account on every page. */
export interface UserInfo {
  /** `u_` and 22 characters; means nothing outside this service. */
  id: string
  /** Masked: `138****8000`, `+852 91****67`. Empty for an account without a number. */
  phone: string
  nickname: string
  /** A cloud file id (`cloud://…`), or empty. */
  avatar: string
}
