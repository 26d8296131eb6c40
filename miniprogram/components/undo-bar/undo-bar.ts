import { TEXTS } from '../../texts'

/**
 * The bar at the foot of a list: what was just removed, with 撤销, or why it was not. It stays where the eye is, however far
 * the list is scrolled. Events: `undo`, `dismiss` of the problem.
 */
Component({
  properties: {
    /** What was removed; empty for nothing. */
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
