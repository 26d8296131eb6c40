/** What `wx.cloud.callFunction` gives a mini-program: `result` and `requestID`, or `errCode` and `errMsg`. */
export interface CallResult {
  result?: unknown
  requestID?: string
  errCode?: number
  errMsg?: string
}

/** One call of a function, as a mini-program makes it; without an openid, as the console's 云端测试 does. */
export interface CallRequest {
  function: string
  openid?: string | undefined
  unionid?: string | undefined
  /** A person of a mini-program that shares the environment. */
  fromOpenid?: string | undefined
  /** Any other caller, in the platform's words, such as `wx_trigger`. */
  source?: string | undefined
  data?: unknown
  /** Fields of `data` that the cloud fills with open data, and the CloudID of each. */
  cloudIDs?: Record<string, string> | undefined
}

/** Where a paused call stands: the names of the requests that wait, and the result once there is one. */
export interface PausedCall {
  waiting: string[]
  end?: CallResult
}

/** A cloud function as its folder and the project's settings say. */
export interface DeployedFunction {
  name: string
  timeoutSeconds: number
  /** The openapi names its `config.json` asks for. */
  openapiPermissions: readonly string[]
  triggers: readonly { name: string; type: string; config: string }[]
  memoryMegabytes: number
  /** The platform's name of its runtime, such as `Nodejs20.19`, if the project names one. */
  runtime?: string
  /** Version of the Node that runs it here, such as `20.19.0`. */
  node: string
  /** Path of HTTP access, such as `/pay`. */
  http?: string
  /** Packages of its package.json that are not installed. */
  missingPackages: readonly string[]
}

/** A call as the text of a test. */
export interface CopiedTest {
  text: string
  /** Why the test does not pass as it is, in lines; none for a test that was tried and passes. */
  problem: string[]
}
