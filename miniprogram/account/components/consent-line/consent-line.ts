import { TEXTS } from '../../utils/texts'

/** The line under the login button. It shows what the page says and never ticks itself. Events: `toggle`, `open` with the page of a document. */
Component({
  properties: {
    checked: { type: Boolean, value: false },
  },
  data: { texts: TEXTS.login },
  methods: {
    onToggle() {
      this.triggerEvent('toggle')
    },
    onOpen(event: { currentTarget: { dataset: { page?: string } } }) {
      const { page } = event.currentTarget.dataset
      this.triggerEvent('open', { page })
    },
  },
})
