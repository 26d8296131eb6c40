/** The first step of the console's guide, which is about the project. Without it, the guide says where the phone is. */
export interface GuideSettings {
  /** Text of what is tapped on the first page, such as `登录`: the guide points to it, and goes on once it is tapped. */
  tap: string
  /** The sentence of the step, one line, such as `在手机上点「登录」，再点「允许」`; by default it names the tap alone. */
  text?: string
}
