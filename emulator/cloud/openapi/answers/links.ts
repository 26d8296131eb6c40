import { randomBytes } from 'node:crypto'
import type { LaunchLinks } from '../launch-links.ts'
import type { OpenApiHandler } from '../openapi.ts'

const token = () => randomBytes(9).toString('base64url')

/** `urlscheme.generate`: the link leads nowhere; console and phone can open its page. */
export function urlScheme(links: LaunchLinks): OpenApiHandler {
  return ({ jump_wxa: target }) => {
    const { path, query } = (typeof target === 'object' && target !== null ? target : {}) as Target
    links.add('scheme', path, query)
    return { errcode: 0, errmsg: 'ok', openlink: `weixin://dl/business/?t=${token()}` }
  }
}

interface Target {
  path?: unknown
  query?: unknown
}

/** `urllink.generate`. */
export function urlLink(links: LaunchLinks): OpenApiHandler {
  return ({ path, query }) => {
    links.add('url-link', path, query)
    return { errcode: 0, errmsg: 'ok', url_link: `https://wxaurl.cn/${token()}` }
  }
}

/** `shortlink.generate`. The handler answers 40212 without `page_url`, as documented. */
export function shortLink(links: LaunchLinks): OpenApiHandler {
  return ({ page_url: page }) => {
    if (typeof page !== 'string' || page === '') return { errcode: 40212, errmsg: 'invalid query' }
    links.add('short-link', page)
    return { errcode: 0, errmsg: 'ok', link: `#小程序://本地/${token()}` }
  }
}

/** `updatableMessage.createActivityId`: good for a day. */
export const activityId: OpenApiHandler = (_parameters, { now }) => ({
  errcode: 0,
  errmsg: 'ok',
  activity_id: token(),
  expiration_time: Math.floor(now / 1000) + 24 * 60 * 60,
})
