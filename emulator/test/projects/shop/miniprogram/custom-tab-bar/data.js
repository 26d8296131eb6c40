export default [
  { icon: 'home', text: '首页', url: 'pages/home/home' },
  { icon: 'sort', text: '分类', url: 'pages/category/index' },
  { icon: 'cart', text: '购物车', url: 'pages/cart/index' },
  { icon: 'user', text: '我的', url: 'pages/mine/index' },
];
