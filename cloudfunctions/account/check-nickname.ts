import * as v from 'valibot'
import cloud from 'wx-server-sdk'
import { AppError } from '../shared/app-error.ts'
import type { Call } from '../shared/call.ts'
import { readSdkError } from '../shared/sdk-error.ts'

/** Of 文本内容安全识别 (security.msgSecCheck), version 2: `scene` 1 is a profile. */
const VERSION = 2
const SCENE_PROFILE = 1

const answerSchema = v.object({ result: v.object({ suggest: v.picklist(['pass', 'review', 'risky']) }) })

/**
 * Asks WeChat about a nickname before anybody sees it.
 * @throws AppError CONTENT_RISKY; CONTENT_DOUBTFUL, since nobody here looks at doubtful texts; CONTENT_UNCHECKED when
 * the check does not answer well: an unchecked text is not taken; MISCONFIGURED
 */
export async function checkNickname(call: Call, nickname: string): Promise<void> {
  const answer = v.safeParse(answerSchema, await ask(call, nickname))
  if (!answer.success)
    throw new AppError('CONTENT_UNCHECKED', { log: 'msgSecCheck answered without a verdict' })
  const { suggest } = answer.output.result
  if (suggest === 'risky') throw new AppError('CONTENT_RISKY')
  if (suggest === 'review') throw new AppError('CONTENT_DOUBTFUL')
}

async function ask({ budget, caller }: Call, nickname: string): Promise<unknown> {
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
    throw refusalOf(readSdkError(error).errCode)
  }
}

/** Async, so that whatever the SDK throws at once is a rejection like the rest. */
async function msgSecCheck(request: object): Promise<unknown> {
  return cloud.openapi['security'].msgSecCheck(request)
}

function refusalOf(errCode: number | undefined): AppError {
  if (errCode === -604101) {
    return new AppError('MISCONFIGURED', {
      log: 'no permission for security.msgSecCheck: deploy the function’s config.json with it (permissions.openapi) and wait up to ten minutes',
    })
  }
  // 87014 is the verdict of version 1, which some gateways still give.
  if (errCode === 87014) return new AppError('CONTENT_RISKY')
  return new AppError('CONTENT_UNCHECKED', { log: `msgSecCheck failed: ${errCode ?? 'without a number'}` })
}
