/**
 * Types of `cloud.openapi` for the interfaces that the emulator answers, in the names that wx-server-sdk uses: fields in
 * camel case. Source: WeChat's documentation of the server interfaces (服务端接口). Every other interface stays untyped.
 * `wx-server-sdk.d.ts` gives them to `import cloud from 'wx-server-sdk'`.
 */
import type { openapi as untypedOpenApi } from 'wx-server-sdk/index'

/** Anything, as the SDK's own types have it. */
export type Untyped = (typeof untypedOpenApi)[string]

/** Texts that WeChat documents, and any other. */
type Known<Text extends string> = Text | (string & Record<never, never>)

/** How a success ends. A failure rejects with `errCode` and `errMsg`. */
export interface OpenApiSuccess {
  errCode: number
  errMsg: string
}

/** A picture. */
export interface OpenApiFile extends OpenApiSuccess {
  contentType: string
  buffer: Buffer
}

/** A file as a parameter. */
export interface OpenApiUpload {
  contentType: string
  value: Buffer
}

interface Watermark {
  /** Seconds since 1970. */
  timestamp: number
  appid: string
}

interface PhoneInfo {
  /** With the country code unless Chinese. */
  phoneNumber: string
  purePhoneNumber: string
  countryCode: string
  watermark: Watermark
}

interface CodeStyle {
  /** Pixels, 280 to 1280. */
  width?: number
  autoColor?: boolean
  lineColor?: { r: number; g: number; b: number }
  isHyaline?: boolean
  envVersion?: EnvVersion
}

type EnvVersion = Known<'release' | 'trial' | 'develop'>

interface Expiry {
  isExpire?: boolean
  /** 0 by time, 1 by days. */
  expireType?: number
  /** Seconds since 1970. */
  expireTime?: number
  /** Days. */
  expireInterval?: number
}

/** As `20260131`. */
interface DateRange {
  beginDate: string
  endDate: string
}

interface Retain {
  refDate: string
  visitUvNew: { key: number; value: number }[]
  visitUv: { key: number; value: number }[]
}

interface Listed<Item> {
  list: Item[]
}

interface VisitTrend {
  refDate: string
  sessionCnt: number
  visitPv: number
  visitUv: number
  visitUvNew: number
  stayTimeUv: number
  stayTimeSession: number
  visitDepth: number
}

type Verdict = 'pass' | 'review' | 'risky'

/** What each interface takes and answers, by its name. */
export interface OpenApiInterfaces {
  'analysis.getDailyRetain': [DateRange, Retain]
  'analysis.getWeeklyRetain': [DateRange, Retain]
  'analysis.getMonthlyRetain': [DateRange, Retain]
  'analysis.getDailySummary': [
    DateRange,
    Listed<{ refDate: string; visitTotal: number; sharePv: number; shareUv: number }>,
  ]
  'analysis.getDailyVisitTrend': [DateRange, Listed<VisitTrend>]
  'analysis.getWeeklyVisitTrend': [DateRange, Listed<VisitTrend>]
  'analysis.getMonthlyVisitTrend': [DateRange, Listed<VisitTrend>]
  'analysis.getUserPortrait': [DateRange, { refDate: string; visitUvNew: Untyped; visitUv: Untyped }]
  'analysis.getVisitDistribution': [
    DateRange,
    { refDate: string } & Listed<{ index: string; itemList: { key: number; value: number }[] }>,
  ]
  'analysis.getVisitPage': [
    DateRange,
    { refDate: string } & Listed<{ pagePath: string; pageVisitPv: number; pageVisitUv: number }>,
  ]
  'auth.code2Session': [
    { jsCode: string; grantType?: Known<'authorization_code'> },
    { openid: string; sessionKey: string; unionid?: string },
  ]
  'cloudbase.sendSms': [
    {
      env: string
      /** With `+86`. */
      phoneNumberList: string[]
      content?: string
      path?: string
      smsType?: Known<'Notification' | 'Marketing'>
      templateId?: string
      templateParamList?: string[]
      useShortName?: boolean
    },
    {
      sendStatusList: {
        serialNo: string
        phoneNumber: string
        code: string
        message: string
        isoCode: string
      }[]
    },
  ]
  'customerServiceMessage.send': [
    {
      touser: string
      msgtype: Known<'text' | 'image' | 'link' | 'miniprogrampage'>
      text?: { content: string }
      image?: { mediaId: string }
      link?: { title: string; description: string; url: string; thumbUrl: string }
      miniprogrampage?: { title: string; pagepath: string; thumbMediaId: string }
    },
    object,
  ]
  'customerServiceMessage.setTyping': [{ touser: string; command: Known<'Typing' | 'CancelTyping'> }, object]
  'phonenumber.getPhoneNumber': [{ code: string; openid?: string }, { phoneInfo: PhoneInfo }]
  'security.imgSecCheck': [{ media: OpenApiUpload }, object]
  'security.mediaCheckAsync': [
    {
      mediaUrl: string
      /** 1 sound, 2 picture. */
      mediaType: number
      version?: number
      /** 1 profile, 2 comment, 3 forum, 4 social log. */
      scene?: number
      openid?: string
    },
    { traceId: string },
  ]
  'security.msgSecCheck': [
    {
      content: string
      version?: number
      /** 1 profile, 2 comment, 3 forum, 4 social log. */
      scene?: number
      openid?: string
      nickname?: string
      title?: string
      signature?: string
    },
    {
      traceId: string
      result: { suggest: Verdict; label: number }
      detail: { strategy: string; errcode: number; suggest?: Verdict; label?: number; keyword?: string }[]
    },
  ]
  'shortlink.generate': [{ pageUrl: string; pageTitle?: string; isPermanent?: boolean }, { link: string }]
  'subscribeMessage.send': [
    {
      touser: string
      templateId: string
      page?: string
      data: Record<string, { value: string | number }>
      miniprogramState?: Known<'developer' | 'trial' | 'formal'>
      lang?: Known<'zh_CN' | 'en_US' | 'zh_HK' | 'zh_TW'>
    },
    object,
  ]
  /** Withdrawn by WeChat in January 2020: use `subscribeMessage.send`. */
  'templateMessage.send': [object, object]
  'uniformMessage.send': [{ touser: string; mpTemplateMsg: object }, object]
  'updatableMessage.createActivityId': [
    { openid?: string; unionid?: string } | undefined,
    { activityId: string; expirationTime: number },
  ]
  'updatableMessage.setUpdatableMsg': [
    {
      activityId: string
      targetState: number
      templateInfo: { parameterList: { name: string; value: string }[] }
    },
    object,
  ]
  'urllink.generate': [
    Expiry & { path?: string; query?: string; envVersion?: EnvVersion; cloudBase?: object },
    { urlLink: string },
  ]
  'urlscheme.generate': [
    Expiry & { jumpWxa?: { path?: string; query?: string; envVersion?: EnvVersion } },
    { openlink: string },
  ]
  'wxacode.createQRCode': [{ path: string; width?: number }, OpenApiFile]
  'wxacode.get': [CodeStyle & { path: string }, OpenApiFile]
  'wxacode.getUnlimited': [CodeStyle & { scene: string; page?: string; checkPath?: boolean }, OpenApiFile]
}

/** Names of the interfaces that the emulator answers. */
export type OpenApiName = keyof OpenApiInterfaces

/** Parameters that WeChat documents, and others that it may know. */
type Open<Parameters> = Parameters | (Parameters & Record<string, unknown>)

type Method<Name extends OpenApiName> = (
  ...parameters: undefined extends OpenApiInterfaces[Name][0]
    ? [parameters?: Open<OpenApiInterfaces[Name][0]>]
    : [parameters: Open<OpenApiInterfaces[Name][0]>]
) => Promise<OpenApiSuccess & OpenApiInterfaces[Name][1]>

type Namespace = OpenApiName extends infer Name
  ? Name extends `${infer First}.${string}`
    ? First
    : never
  : never

type MethodsOf<First extends string> = {
  readonly [Name in OpenApiName as Name extends `${First}.${infer Rest}` ? Rest : never]: Method<Name>
}

/** `cloud.openapi`. */
export type OpenApi = {
  readonly [First in Namespace]: MethodsOf<First> & { readonly [method: string]: Untyped }
} & { readonly [namespace: string]: Untyped }
