/** What a signed upload is for. */
export interface UploadTarget {
  path: string
  /** The openid of the mini-program's user it was signed for; absent for the administrator. */
  creator?: string
}

/** As the header `x-cos-security-token`, which is signed together with the address. */
export function encodeTarget(target: UploadTarget): string {
  return Buffer.from(JSON.stringify(target)).toString('base64url')
}

/** Of a token whose signature was checked: it says what `encodeTarget` was given. */
export function decodeTarget(token: string): UploadTarget {
  return JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as UploadTarget
}
