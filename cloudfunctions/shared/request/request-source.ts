import cloud from 'wx-server-sdk'

/** The source of an invocation, as the platform says. */
export interface RequestSource {
  /** `wx_client`, `wx_devtools`, `wx_trigger`, `wx_http`, …; a chain as `wx_client,scf`; empty for 云端测试. */
  source: string
  ip?: string
}

export function currentRequestSource(): RequestSource {
  const { SOURCE: source, CLIENTIP: ip } = cloud.getWXContext()
  return {
    source: typeof source === 'string' ? source : '',
    ...(typeof ip === 'string' && ip !== '' ? { ip } : {}),
  }
}
