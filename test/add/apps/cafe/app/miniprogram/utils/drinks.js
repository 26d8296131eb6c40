const DRINKS = [
  { id: 'latte', title: '拿铁', price: 2200, desc: '双份浓缩' },
  { id: 'mocha', title: '摩卡', price: 2600, desc: '少糖' }
]

module.exports = { DRINKS }
