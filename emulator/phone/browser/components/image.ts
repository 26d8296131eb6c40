import { h } from '../base/dom.ts'
import { assetUrl } from '../services/asset-url.ts'
import { builtIn, type Host } from './host.ts'

/** CSS `object-fit` of a mode. Modes such as `top left` keep the picture's size. */
const FITS: Readonly<Record<string, string>> = {
  scaleToFill: 'fill',
  aspectFit: 'contain',
  aspectFill: 'cover',
  widthFix: 'fill',
  heightFix: 'fill',
}

export const image = builtIn({
  properties: {
    src: '',
    mode: 'scaleToFill',
    webp: false,
    lazyLoad: false,
    showMenuByLongpress: false,
    forceHttps: false,
  },
  draw(host) {
    const picture = h('img', { alt: '', draggable: 'false' })
    picture.addEventListener('load', () => {
      picture.style.visibility = ''
      const { naturalWidth: width, naturalHeight: height } = picture
      host.fire('load', { width, height })
    })
    picture.addEventListener('error', () => {
      if (!picture.hasAttribute('src')) return
      // WeChat shows nothing; the browser would show its sign for a broken picture.
      picture.style.visibility = 'hidden'
      const { owner, data, services } = host
      // A host that is not allowed is noted once for all of its pictures.
      if (!/^(https?:)?\/\//.test(data.src))
        services.device.errors.note(`${owner.path} <image> ${data.src} 加载失败`)
      host.fire('error', { errMsg: `image load fail: ${data.src}` })
    })
    host.element.setAttribute('role', 'img')
    host.element.append(picture)
  },
  update(host) {
    const { element, data } = host
    const picture = element.querySelector('img')
    if (!picture) return
    if (picture.dataset['from'] !== data.src) {
      picture.dataset['from'] = data.src
      void load(host, picture)
    }
    if (data.lazyLoad) picture.loading = 'lazy'
    picture.style.objectFit = FITS[data.mode] ?? 'none'
    picture.style.objectPosition = data.mode in FITS ? '' : data.mode
    element.classList.toggle('wx-width-fix', data.mode === 'widthFix')
    element.classList.toggle('wx-height-fix', data.mode === 'heightFix')
  },
})

/** Shows the picture of `src`. The address of a cloud file is fetched first; by then `src` may have changed. */
async function load(host: Host<{ src: string }>, picture: HTMLImageElement): Promise<void> {
  const { owner, services } = host
  const { src } = host.data
  const { device } = services
  if (!src.startsWith('cloud://')) {
    if (src === '') picture.removeAttribute('src')
    else picture.setAttribute('src', assetUrl(src, owner.path, device.files))
    return
  }
  picture.removeAttribute('src')
  const address = await device.cloudFiles.urlOf(src).catch((error: Error) => ({ errMsg: error.message }))
  if (picture.dataset['from'] !== src) return
  if ('url' in address) picture.setAttribute('src', address.url)
  else host.fire('error', { errMsg: `image load fail: ${src} ${address.errMsg}` })
}
