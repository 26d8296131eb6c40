import { TEXTS } from '../../texts'

/**
 * The bar at the foot of a list: the removed items, with 撤销, or why a removal failed. It stays where the eye is, however far
 * the list is scrolled. Events: `undo`, `dismiss` of the problem.
 */
Component({
  properties: {
    /** The removed items, in words; empty for none. */
    text: { type: String, value: '' },
    /** Why a removal failed; empty for none. */
    problem: { type: String, value: '' },
  },
  data: { texts: TEXTS.undoBar },
  methods: {
    onUndo() {
      this.triggerEvent('undo')
    },
    onDismiss() {
      this.triggerEvent('dismiss')
    },
  },
})
