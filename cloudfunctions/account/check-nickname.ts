import * as v from 'valibot'
import cloud from 'wx-server-sdk'
import type { Reason } from '../../contract/reason.ts'
import { AppError } from '../shared/core/app-error.ts'
import { misconfigured, type OpenapiErrors, openapiErrorOf } from '../shared/core/openapi-errors.ts'
import { readSdkError, type SdkError } from '../shared/core/sdk-error.ts'
import type { Call } from '../shared/request/call.ts'

/** Of 文本内容安全识别 (security.msgSecCheck), version 2: `scene` 1 is a profile. */
const API = 'security.msgSecCheck'
const VERSION = 2
const SCENE_PROFILE = 1

const answerSchema = v.object({ result: v.object({ suggest: v.picklist(['pass', 'review', 'risky']) }) })

/**
 * Lets WeChat check a nickname before anybody sees it.
 * @throws AppError CONTENT_RISKY; CONTENT_DOUBTFUL, since nobody here reviews doubtful texts; CONTENT_UNCHECKED when the
 * check fails, since an unchecked text is not accepted; MISCONFIGURED
 */
export async function checkNickname(call: Call, nickname: string): Promise<void> {
  const answer = v.safeParse(answerSchema, await requestVerdict(call, nickname))
  if (!answer.success)
    throw new AppError('CONTENT_UNCHECKED', { log: 'msgSecCheck answered without a verdict' })
  const { suggest } = answer.output.result
  if (suggest === 'risky') throw new AppError('CONTENT_RISKY')
  if (suggest === 'review') throw new AppError('CONTENT_DOUBTFUL')
}

async function requestVerdict({ budget, caller }: Call, nickname: string): Promise<unknown> {
  const request = {
    version: VERSION,
    scene: SCENE_PROFILE,
    openid: caller.openid,
    content: nickname,
    nickname,
  }
  try {
    return await budget.within(msgSecCheck(request))
  } catch (error) {
    if (error instanceof AppError)
      throw new AppError('CONTENT_UNCHECKED', { log: 'msgSecCheck took too long' })
    throw refusalOf(readSdkError(error))
  }
}

/** Async, so that an error that the SDK throws synchronously becomes a rejection. */
async function msgSecCheck(request: { content: string }): Promise<unknown> {
  return cloud.openapi['security'].msgSecCheck(request)
}

/** Of 文本内容安全识别: its own numbers. 87014 is the verdict of version 1, which some gateways still give. */
const OWN_ERRORS: OpenapiErrors = {
  87014: { reason: 'CONTENT_RISKY', log: 'WeChat refused the text' },
  43104: misconfigured(
    'this mini-program has no right to 文本内容安全识别: mp.weixin.qq.com → 开发管理 → 接口设置',
  ),
  // The person has not used the mini-program within two hours, or the openid is unknown.
  61010: {
    reason: 'CONTENT_UNCHECKED',
    log: 'WeChat checks texts of people who were active within two hours',
  },
  40003: { reason: 'CONTENT_UNCHECKED', log: 'WeChat does not know this openid' },
}

const DECISIVE: ReadonlySet<Reason> = new Set(['MISCONFIGURED', 'CONTENT_RISKY'])

/** Whatever ends the check without a verdict and without a setting to mend is CONTENT_UNCHECKED. */
function refusalOf(sdkError: SdkError): AppError {
  const error = openapiErrorOf(API, sdkError, OWN_ERRORS)
  return DECISIVE.has(error.reason) ? error : new AppError('CONTENT_UNCHECKED', { log: error.log ?? API })
}
