// The in-site inbox in a shop's page:
//   <script src="https://…/api/campaign/inbox/widget.js" data-pass="…" async></script>
// Texts are set as text alone: whatever a message holds is shown and never run.
(function () {
  'use strict';
  const script = document.currentScript;
  const pass = script && script.dataset.pass;
  if (!pass) {
    return;
  }
  const base = script.src.replace(/\/widget\.js.*$/, '/') + encodeURIComponent(pass) + '/';
  const zh = (script.dataset.lang || document.documentElement.lang || navigator.language || '').startsWith('zh');
  const words = zh
    ? { title: '消息', none: '暂无消息', open: '查看消息', unread: ' 条未读' }
    : { title: 'Messages', none: 'No messages yet', open: 'Messages', unread: ' unread' };
  const most = 50;

  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    ':host{position:fixed;right:20px;bottom:20px;z-index:2147483000;font:14px/1.5 system-ui,sans-serif;color:#222}' +
    'button{width:48px;height:48px;border:0;border-radius:24px;background:#1a56db;color:#fff;font-size:20px;' +
    'cursor:pointer;position:relative}' +
    '.count{position:absolute;top:-4px;right:-4px;min-width:20px;padding:0 5px;border-radius:10px;background:#c81e1e;' +
    'font-size:12px;line-height:20px;box-sizing:border-box}' +
    '.panel{position:absolute;right:0;bottom:58px;width:320px;max-width:calc(100vw - 40px);max-height:60vh;' +
    'overflow:auto;background:#fff;border:1px solid #ddd;border-radius:8px;box-shadow:0 4px 16px rgba(0,0,0,.15)}' +
    '.title{padding:10px 14px;font-weight:600;border-bottom:1px solid #eee}' +
    '.letter{padding:10px 14px;border-bottom:1px solid #eee;white-space:pre-wrap;overflow-wrap:anywhere}' +
    '.subject{font-weight:600}.time{color:#666;font-size:12px}.none{padding:20px 14px;color:#666}' +
    '[hidden]{display:none}');
  root.adoptedStyleSheets = [sheet];

  const element = function (tag, kind, text) {
    const made = document.createElement(tag);
    if (kind) {
      made.className = kind;
    }
    if (text !== undefined) {
      made.textContent = text;
    }
    return made;
  };
  const button = element('button');
  button.type = 'button';
  const count = element('span', 'count');
  button.append(element('span', '', '\u2709'), count);
  const panel = element('div', 'panel');
  panel.setAttribute('role', 'region');
  panel.setAttribute('aria-label', words.title);
  panel.hidden = true;
  const list = element('div');
  panel.append(element('div', 'title', words.title), list);
  root.append(panel, button);

  const seen = new Set();
  let unread = 0;
  const show = function () {
    count.textContent = unread > 99 ? '99+' : String(unread);
    count.hidden = unread === 0;
    button.setAttribute('aria-label', words.open + (unread ? ': ' + unread + words.unread : ''));
    button.setAttribute('aria-expanded', String(!panel.hidden));
  };
  const letter = function (one) {
    const made = element('div', 'letter');
    if (one.subject) {
      made.append(element('div', 'subject', one.subject));
    }
    made.append(element('div', '', one.text || ''));
    const time = new Date(one.sentAt);
    made.append(element('div', 'time', isNaN(time) ? '' : time.toLocaleString()));
    return made;
  };
  const fill = function (view) {
    unread = view.unread;
    seen.clear();
    view.items.forEach(function (one) { seen.add(one.id); });
    list.replaceChildren.apply(list, view.items.length ? view.items.map(letter) : [element('div', 'none', words.none)]);
    show();
  };
  const ask = function (path, method) {
    return fetch(base + path, { method: method, credentials: 'omit', referrerPolicy: 'no-referrer' })
      .then(function (answer) { return answer.ok ? answer.json() : Promise.reject(new Error(answer.status)); });
  };
  const read = function () {
    if (unread > 0) {
      ask('read', 'POST').then(fill, function () { /* it stays unread */ });
    }
  };
  const arrived = function (event) {
    const one = JSON.parse(event.data);
    if (seen.has(one.id)) {
      return;
    }
    if (seen.size === 0) {
      list.replaceChildren();
    }
    seen.add(one.id);
    list.prepend(letter(one));
    while (list.childElementCount > most) {
      list.lastElementChild.remove();
    }
    unread += 1;
    show();
    if (!panel.hidden) {
      read();
    }
  };

  button.addEventListener('click', function () {
    panel.hidden = !panel.hidden;
    show();
    if (!panel.hidden) {
      read();
    }
  });
  // without a pass that holds there is no widget
  ask('messages', 'GET').then(function (view) {
    fill(view);
    (document.body || document.documentElement).append(host);
    const last = '?after=' + encodeURIComponent(view.items.length ? view.items[0].id : 'inb_0');
    new EventSource(base + 'stream' + last).addEventListener('message', arrived);
  }, function () { /* the page goes on without it */ });
})();
