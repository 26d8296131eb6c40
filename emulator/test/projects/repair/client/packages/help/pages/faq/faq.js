import questions from '../../questions'

Page({
  data: { questions }
})
