import { themeBehavior } from '../../behaviors/theme'

Component({
  options: { multipleSlots: true },
  behaviors: [themeBehavior],
})
