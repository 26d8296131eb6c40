import { assetUrl } from '../app/asset-url.ts'
import { builtIn } from '../app/host.ts'
import { h } from '../dom.ts'

/** How a mode fills the box; modes of a place (`top left`) keep the picture's size. */
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
      const { naturalWidth: width, naturalHeight: height } = picture
      host.fire('load', { width, height })
    })
    picture.addEventListener('error', () => {
      if (picture.hasAttribute('src')) host.fire('error', { errMsg: `image load fail: ${host.data.src}` })
    })
    host.element.setAttribute('role', 'img')
    host.element.append(picture)
  },
  update({ element, data, owner, services }) {
    const picture = element.querySelector('img')
    if (!picture) return
    const url = data.src === '' ? null : assetUrl(data.src, owner.path, services.device.files)
    if (url === null) picture.removeAttribute('src')
    else if (picture.getAttribute('src') !== url) picture.setAttribute('src', url)
    if (data.lazyLoad) picture.loading = 'lazy'
    picture.style.objectFit = FITS[data.mode] ?? 'none'
    picture.style.objectPosition = data.mode in FITS ? '' : data.mode
    element.classList.toggle('wx-width-fix', data.mode === 'widthFix')
    element.classList.toggle('wx-height-fix', data.mode === 'heightFix')
  },
})
