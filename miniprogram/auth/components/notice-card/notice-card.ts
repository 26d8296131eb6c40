/** What went wrong and, if there is one, the button that helps. Event: `act`. */
Component({
  properties: {
    text: { type: String, value: '' },
    action: { type: String, value: '' },
    disabled: { type: Boolean, value: false },
  },
  methods: {
    onAct() {
      this.triggerEvent('act')
    },
  },
})
