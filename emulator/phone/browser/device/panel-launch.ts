import { fieldsOfLaunch, launchOfFields, splitPage } from '../../launch/launch-fields.ts'
import { isCodeScene, isLinkScene, SCENES, sceneText } from '../../launch/scenes.ts'
import { h } from '../base/dom.ts'
import type { Device } from './device.ts'
import { drawLaunchLists } from './panel-launch-lists.ts'
import { QueryRows } from './query-rows.ts'

/**
 * The page, query and scene of each cold start, as a compile mode (编译模式) of DevTools has them, and the launches that
 * can be repeated.
 */
export function drawLaunch(device: Device): HTMLElement {
  const { launchPage, launchScene } = device.settings.current
  const first = fieldsOfLaunch({ page: launchPage, scene: launchScene })
  const page = h('input', {
    name: 'launch-page',
    list: 'launch-pages',
    value: first.path,
    placeholder: 'pages/a/a，空为首页',
    autocomplete: 'off',
  })
  const query = new QueryRows(first.query)
  page.addEventListener('paste', (event) => {
    const [path, pairs] = splitPage(event.clipboardData?.getData('text') ?? '')
    if (pairs.length === 0) return
    event.preventDefault()
    page.value = path.trim()
    query.show(pairs)
  })
  const scene = h('select', { name: 'launch-scene', change: () => showExtras() })
  for (const number of Object.keys(SCENES)) {
    scene.append(h('option', { value: number }, sceneText(Number(number))))
  }
  scene.value = String(launchScene)
  const codeScene = h('input', { name: 'launch-code', value: first.codeScene, maxlength: 32 })
  const link = h('input', { name: 'launch-link', value: first.link, placeholder: 'https://…' })
  const codeLabel = h('label', {}, '码里的 scene', codeScene)
  const linkLabel = h('label', {}, '码里的链接（q）', link)
  const showExtras = () => {
    codeLabel.hidden = !isCodeScene(Number(scene.value))
    linkLabel.hidden = !isLinkScene(Number(scene.value))
  }
  showExtras()
  const launch = () => {
    const fields = { path: page.value, query: query.values(), scene: Number(scene.value) }
    return launchOfFields(
      { ...fields, codeScene: codeScene.value, link: link.value },
      Date.now() + device.clock.offsetMilliseconds,
    )
  }
  const start = () => {
    const chosen = launch()
    device.settings.change({ launchPage: chosen.page, launchScene: chosen.scene })
    device.restart(chosen)
  }
  return h(
    'fieldset',
    {},
    h('legend', {}, '启动（编译模式）'),
    h('label', {}, '启动页面', page),
    drawPages(),
    query.element,
    h('label', {}, '场景', scene),
    codeLabel,
    linkLabel,
    h(
      'div',
      { class: 'buttons' },
      h('button', { type: 'button', click: start }, '这样启动'),
      h('button', { type: 'button', click: () => device.open(launch()) }, '从后台这样打开'),
    ),
    ...drawLaunchLists(device),
  )
}

function drawPages(): HTMLElement {
  const pages = window.miniProgram?.appConfig.pages ?? []
  return h('datalist', { id: 'launch-pages' }, ...pages.map((value) => h('option', { value })))
}
