/** Who a cloud function is called by, as the platform itself knows it: never taken from the event. */
export interface Caller {
  /** `wx_client`, `wx_devtools`, `wx_trigger`, `console`, or a chain such as `wx_client,scf`. */
  source: string
  appid: string
  /** Absent for the console's 云端测试, timers and functions called by functions. */
  openid?: string
  unionid?: string
  /** The person, where the mini-program is another one that shares this environment; `openid` is then absent. */
  fromOpenid?: string
  clientIp?: string
  /** Fields of the event that the platform put open data into, in place of a cloudID. */
  openDataKeys?: readonly string[]
}
