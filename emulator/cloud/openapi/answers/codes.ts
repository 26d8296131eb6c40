import type { LaunchLinks } from '../launch-links.ts'
import type { OpenApiFile, OpenApiHandler } from '../openapi.ts'
import { codePicture } from './code-picture.ts'

const SCENE_CHARACTERS = 32
const PATH_CHARACTERS = 1024

/** `wxacode.getUnlimited`: a picture that stands for the code; the log says where it leads. */
export function unlimitedCode(links: LaunchLinks): OpenApiHandler {
  return ({ scene, page }, { log }) => {
    if (typeof scene !== 'string' || scene === '' || scene.length > SCENE_CHARACTERS) {
      return { errcode: 40169, errmsg: 'invalid length for scene, or the data is not json string' }
    }
    if (typeof page === 'string' && page.startsWith('/')) return { errcode: 41030, errmsg: 'invalid page' }
    const query = `scene=${encodeURIComponent(scene)}`
    log(`小程序码 code: ${String(page ?? '主页 home page')}?${query}`)
    links.add('code', page, query)
    return picture()
  }
}

/** `wxacode.get` and `wxacode.createQRCode`. */
export function codeOfPath(links: LaunchLinks, kind: 'code' | 'qr-code'): OpenApiHandler {
  return ({ path }, { log }) => {
    if (typeof path !== 'string' || path === '' || path.length > PATH_CHARACTERS) {
      return { errcode: 40159, errmsg: 'invalid length for path, or the data is not json string' }
    }
    log(`小程序码 code: ${path}`)
    links.add(kind, path)
    return picture()
  }
}

function picture(): OpenApiFile {
  return { contentType: 'image/png', bytes: codePicture() }
}
