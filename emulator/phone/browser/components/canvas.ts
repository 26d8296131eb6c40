import { h } from '../base/dom.ts'
import { addCanvasMembers } from '../services/canvas-node.ts'
import { builtIn } from './host.ts'

/**
 * A canvas: of `type="2d"`, which a query for its `node` gives, or the older one, which `wx.createCanvasContext` finds by
 * its `canvas-id`.
 */
export const canvas = builtIn({
  properties: { type: '', canvasId: '', disableScroll: false },
  draw({ element }) {
    element.prepend(h('canvas', {}))
  },
  update({ element, data }) {
    if (data.canvasId !== '') element.setAttribute('canvas-id', data.canvasId)
    element.classList.toggle('wx-no-scroll', data.disableScroll)
  },
  node({ element, services }) {
    const node = element.querySelector('canvas')
    return node && addCanvasMembers(node, services.device.files)
  },
})
