import { LIMITS } from '../limits.ts'
import type { OpenApiAnswer, OpenApiCall, OpenApiHandler } from './openapi.ts'
import type { WechatUsers } from './wechat-users.ts'

/** Texts that contain one of these get the verdict; a tester can so make each of them happen. */
const RISKY = ['违规', 'risky']
const REVIEW = ['疑似', 'review']

/**
 * `security.msgSecCheck` version 2 (文本内容安全识别). The real service judges by content; here a few words
 * stand for the verdicts, everything else passes.
 */
export function messageSecurityCheck(users: WechatUsers): OpenApiHandler {
  return (parameters: Record<string, unknown>, call: OpenApiCall) => {
    const { content, version, scene, openid } = parameters
    if (typeof content !== 'string' || content === '') return { errcode: 44991, errmsg: 'content is empty' }
    if (content.length > LIMITS.messageSecurityCheck.contentCharacters) {
      return { errcode: 45002, errmsg: 'content size out of limit' }
    }
    if (version === undefined && scene === undefined) return firstVersion(content, call)
    if (version !== 2 || typeof scene !== 'number') return { errcode: 47001, errmsg: 'data format error' }
    if (scene < 1 || scene > 4) return { errcode: 40129, errmsg: 'invalid scene' }
    const user = typeof openid === 'string' ? users.find(openid) : undefined
    if (!user) return { errcode: 40003, errmsg: 'invalid openid' }
    if (call.now - user.activeAt > LIMITS.messageSecurityCheck.activeSeconds * 1000) {
      return { errcode: 61010, errmsg: 'code is expired' }
    }
    return { errcode: 0, errmsg: 'ok', trace_id: call.requestId, ...verdict(content) }
  }
}

/** Version 1, which WeChat no longer documents: it knows no person, and fails for risky content. */
function firstVersion(content: string, call: OpenApiCall): OpenApiAnswer {
  call.log('security.msgSecCheck：没有 version，按 1.0 回答 · without version: answered as version 1')
  if (verdict(content).result.suggest === 'risky') return { errcode: 87014, errmsg: 'risky content' }
  return { errcode: 0, errmsg: 'ok' }
}

function verdict(content: string) {
  const suggest = RISKY.some((word) => content.includes(word))
    ? 'risky'
    : REVIEW.some((word) => content.includes(word))
      ? 'review'
      : 'pass'
  const label = suggest === 'pass' ? 100 : 20002
  return {
    result: { suggest, label },
    detail: [{ strategy: 'content_model', errcode: 0, suggest, label, prob: 90 }],
  }
}
