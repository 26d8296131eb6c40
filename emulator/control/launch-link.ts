/** A code or link to the mini-program that a function has made. */
export interface LaunchLink {
  /**
   * `code`: `wxacode.get` and `wxacode.getUnlimited`, `qr-code`: `wxacode.createQRCode`, `scheme`: `urlscheme.generate`,
   * `url-link`: `urllink.generate`, `short-link`: `shortlink.generate`.
   */
  kind: 'code' | 'qr-code' | 'scheme' | 'url-link' | 'short-link'
  /** Path of a page with its query, without a leading slash; empty for the entry page. */
  page: string
  /** Milliseconds since 1970 by the cloud's clock. */
  madeAt: number
}
