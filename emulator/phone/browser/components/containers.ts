import { builtIn } from './host.ts'

export const view = builtIn({ properties: {} })

export const coverView = builtIn({ properties: { scrollTop: 0 } })

/** Stays where it is in the WXML; WeChat draws it above the page. */
export const rootPortal = builtIn({ properties: { enable: true } })

export const pageContainer = builtIn({
  properties: {
    show: false,
    duration: 300,
    overlay: true,
    position: 'bottom',
    round: false,
    closeOnSlideDown: false,
  },
  update({ element, data }) {
    element.classList.toggle('wx-shown', data.show)
    element.classList.toggle('wx-round', data.round)
    element.dataset['position'] = data.position
  },
})

/** Above the keyboard while a field of its `input` or `textarea` has the focus. */
export const keyboardAccessory = builtIn({ properties: {} })
