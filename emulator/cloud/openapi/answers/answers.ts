import type { OpenApiName } from '../../../sdk-types/openapi.d.ts'
import type { LaunchLinks } from '../launch-links.ts'
import type { OpenApiHandler } from '../openapi.ts'
import type { WechatUsers } from '../wechat-users.ts'
import { ANALYSIS } from './analysis.ts'
import { codeOfPath, unlimitedCode } from './codes.ts'
import { customerServiceMessage, templateMessage } from './customer-messages.ts'
import { activityId, shortLink, urlLink, urlScheme } from './links.ts'
import { imageSecurityCheck, mediaCheckAsync } from './security.ts'
import { sendTextMessage } from './text-messages.ts'

const done: OpenApiHandler = () => ({ errcode: 0, errmsg: 'ok' })

/** Those that `createServices` answers with what the cloud keeps. */
type StatefulName =
  | 'auth.code2Session'
  | 'phonenumber.getPhoneNumber'
  | 'security.msgSecCheck'
  | 'subscribeMessage.send'

/** Apis that answer as documented without any state but a list. Their effects are lines in the log of the call. */
export function statelessAnswers(
  users: WechatUsers,
  links: LaunchLinks,
): Readonly<Record<Exclude<OpenApiName, StatefulName>, OpenApiHandler>> {
  return {
    ...ANALYSIS,
    'security.imgSecCheck': imageSecurityCheck,
    'security.mediaCheckAsync': mediaCheckAsync,
    'wxacode.get': codeOfPath(links, 'code'),
    'wxacode.createQRCode': codeOfPath(links, 'qr-code'),
    'wxacode.getUnlimited': unlimitedCode(links),
    'customerServiceMessage.send': customerServiceMessage(users),
    'customerServiceMessage.setTyping': done,
    'templateMessage.send': templateMessage,
    'uniformMessage.send': done,
    'urlscheme.generate': urlScheme(links),
    'urllink.generate': urlLink(links),
    'shortlink.generate': shortLink(links),
    'updatableMessage.createActivityId': activityId,
    'updatableMessage.setUpdatableMsg': done,
    'cloudbase.sendSms': sendTextMessage,
  }
}
