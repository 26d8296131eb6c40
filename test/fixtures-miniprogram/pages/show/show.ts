Page({
  data: {
    log: '',
    into: '',
    cities: ['大理', '成都', '厦门'],
    rows: Array.from({ length: 30 }, (_, index) => index + 1),
    html: '<p style="color: red" onclick="hurt()">你好 <b>世界</b><script>hurt()</script><img src="x" onerror="hurt()"><a href="javascript:hurt()">链接</a><iframe src="/"></iframe></p>',
    nodes: [{ name: 'div', attrs: { class: 'big' }, children: [{ type: 'text', text: '节点 &lt;b&gt;' }] }],
  },
  say(value: unknown) {
    this.setData({ log: JSON.stringify(value) })
  },
  onSwipe({ detail }: { detail: { current: number; source: string } }) {
    this.say({ current: detail.current, source: detail.source })
  },
  onLower({ detail }: { detail: unknown }) {
    this.say(detail)
  },
  onInto() {
    this.setData({ into: 'row20' })
  },
  onLoaded({ detail }: { detail: { width: number } }) {
    if (!(detail.width > 0)) throw new Error('no picture')
  },
  onWheel({ detail }: { detail: unknown }) {
    this.say(detail)
  },
  onTap(event: WechatMiniprogram.TouchEvent) {
    const { currentTarget, detail, mark, changedTouches } = event
    const place = typeof detail.x === 'number' && changedTouches.length === 1
    this.createSelectorQuery()
      .select('#bar')
      .boundingClientRect(({ width }: { width: number }) => {
        this.say({
          city: currentTarget.dataset['city'],
          zone: mark?.['zone'],
          place,
          width: Math.round(width),
        })
      })
      .exec()
  },
})
