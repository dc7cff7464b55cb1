extension WidgetScript {
    /// Markdown as DOM nodes.
    static let markdown = #"""
        // ---------------------------------------------------------------------------------------------------------------
        // Markdown, a small and safe part of it. Text becomes DOM nodes, never HTML source, so a message cannot bring markup
        // of its own; links lead to http, https or this site only. Nesting is bounded, and no pattern backtracks.

        const markdown = (() => {
          const deepest = 6;

          function make(name, ...children) {
            const node = document.createElement(name);
            node.append(...children);
            return node;
          }

          function safeLink(address) {
            try {
              const url = new URL(address, server);
              return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
            } catch {
              return null;
            }
          }

          function link(address, ...children) {
            const href = safeLink(address);
            if (!href) return make('span', ...children);
            const node = make('a', ...children);
            node.href = href;
            node.target = '_blank';
            node.rel = 'noopener noreferrer nofollow';
            return node;
          }

          const isWord = character => character !== undefined && /[\p{L}\p{N}]/u.test(character);
          const isSpace = character => character === undefined || /\s/.test(character);

          function inline(text, depth = 0) {
            const nodes = [];
            const hopeless = new Set();
            let plain = '';
            let at = 0;

            const flush = () => {
              if (plain) nodes.push(document.createTextNode(plain));
              plain = '';
            };
            const add = (node, next) => {
              flush();
              nodes.push(node);
              at = next;
            };
            // Where `end` comes next; once it was not found it is not looked for again.
            const find = (end, from) => {
              if (hopeless.has(end)) return -1;
              const found = text.indexOf(end, from);
              if (found < 0) hopeless.add(end);
              return found;
            };
            const closing = (marker, from) => {
              for (let found = find(marker, from), tries = 0; found >= 0 && tries < 20; found = find(marker, found + 1), tries++) {
                if (isSpace(text[found - 1]) || found === from) continue;
                if (marker.length === 1 && (text[found + 1] === marker || text[found - 1] === marker)) continue;
                if (marker[0] === '_' && isWord(text[found + marker.length])) continue;
                return found;
              }
              return -1;
            };

            while (at < text.length) {
              const character = text[at];

              if (character === '\\' && at + 1 < text.length) {
                if (text[at + 1] === '\n') {
                  add(make('br'), at + 2);
                } else if (/[!-/:-@[-`{-~]/.test(text[at + 1])) {
                  plain += text[at + 1];
                  at += 2;
                } else {
                  plain += character;
                  at += 1;
                }
                continue;
              }

              if (character === '\n') {
                if (plain.endsWith('  ')) {
                  plain = plain.trimEnd();
                  add(make('br'), at + 1);
                } else {
                  plain = plain.trimEnd() + ' ';
                  at += 1;
                }
                continue;
              }

              if (character === '`') {
                let width = 1;
                while (text[at + width] === '`') width++;
                const fence = '`'.repeat(width);
                const end = find(fence, at + width);
                if (end > 0) {
                  add(make('code', text.slice(at + width, end).replace(/\n/g, ' ').trim()), end + width);
                } else {
                  plain += fence;
                  at += width;
                }
                continue;
              }

              if (character === '[' || (character === '!' && text[at + 1] === '[')) {
                const start = character === '!' ? at + 2 : at + 1;
                const middle = find('](', start);
                const end = middle < 0 ? -1 : find(')', middle + 2);
                const label = middle < 0 ? '' : text.slice(start, middle);
                if (end > 0 && label && !label.includes('\n\n') && depth < deepest) {
                  const address = text.slice(middle + 2, end).trim().split(/\s/)[0].replace(/^<|>$/g, '');
                  const open = label.lastIndexOf('[');
                  if (open < 0) {
                    add(link(address, ...inline(label, deepest)), end + 1);
                    continue;
                  }
                }
              }

              if (character === '<') {
                const end = find('>', at);
                const address = end < 0 ? '' : text.slice(at + 1, end);
                if (/^https?:\/\/[^\s<]+$/i.test(address)) {
                  add(link(address, address), end + 1);
                  continue;
                }
              }

              if ((character === 'h' || character === 'H') && depth < deepest && !isWord(text[at - 1])) {
                const address = /^https?:\/\/[^\s<>"'`|*]{1,2000}/i.exec(text.slice(at, at + 2048));
                if (address) {
                  const trimmed = address[0].replace(/[.,;:!?)\]]+$/, '');
                  add(link(trimmed, trimmed), at + trimmed.length);
                  continue;
                }
              }

              if ((character === '*' || character === '_') && depth < deepest) {
                const opens = character === '*' || !isWord(text[at - 1]);
                const marker = text[at + 1] === character ? character + character : character;
                const start = at + marker.length;
                const end = opens && !isSpace(text[start]) ? closing(marker, start) : -1;
                if (end > 0) {
                  add(make(marker.length === 2 ? 'strong' : 'em', ...inline(text.slice(start, end), depth + 1)), end + marker.length);
                } else {
                  plain += marker;
                  at = start;
                }
                continue;
              }

              plain += character;
              at += 1;
            }
            flush();
            return nodes;
          }

          const fence = /^ {0,3}(```+|~~~+)/;
          const heading = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/;
          const quote = /^ {0,3}> ?/;
          const rule = /^ {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$/;
          const item = /^( {0,3})([-*+]|\d{1,9}[.)])(?:[ \t]+|$)/;
          const delimiters = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

          const indent = line => line.length - line.trimStart().length;
          const cells = line => {
            const parts = line.trim().replace(/^\|/, '').replace(/\\\|/g, '\u0000').split('|');
            if (parts.length > 1 && !parts[parts.length - 1].trim()) parts.pop();
            return parts.map(part => part.trim().replace(/\u0000/g, '|'));
          };

          function table(lines, at) {
            const head = cells(lines[at]);
            const node = make('table', make('thead', make('tr', ...head.map(text => make('th', ...inline(text))))));
            const body = make('tbody');
            let next = at + 2;
            for (; next < lines.length && lines[next].includes('|'); next++) {
              const row = cells(lines[next]);
              body.append(make('tr', ...head.map((_, column) => make('td', ...inline(row[column] ?? '')))));
            }
            node.append(body);
            const frame = make('div', node);
            frame.className = 'table';
            frame.tabIndex = 0;
            return [frame, next];
          }

          function list(lines, at, depth) {
            const ordered = /\d/.test(item.exec(lines[at])[2]);
            const node = make(ordered ? 'ol' : 'ul');
            if (ordered) node.start = parseInt(item.exec(lines[at])[2], 10);
            let next = at;
            while (next < lines.length) {
              const match = item.exec(lines[next]);
              if (!match || /\d/.test(match[2]) !== ordered || rule.test(lines[next])) break;
              const width = match[0].length || 2;
              const content = [lines[next].slice(match[0].length)];
              let loose = false;
              for (next += 1; next < lines.length; next++) {
                const line = lines[next];
                if (!line.trim()) {
                  const following = lines[next + 1];
                  if (following === undefined || (indent(following) < Math.min(width, 2) && !item.test(following))) break;
                  if (indent(following) < 2) continue;
                  loose = true;
                  content.push('');
                } else if (indent(line) >= 2) {
                  content.push(line.slice(Math.min(indent(line), width)));
                } else if (item.test(line) || startsBlock(lines, next)) {
                  break;
                } else {
                  content.push(line);
                }
              }
              const children = blocks(content, depth + 1);
              const first = children[0];
              if (!loose && first && first.nodeName === 'P') children.splice(0, 1, ...first.childNodes);
              node.append(make('li', ...children));
              while (next < lines.length && !lines[next].trim() && item.test(lines[next + 1] ?? '')) next++;
            }
            return [node, next];
          }

          function startsBlock(lines, at) {
            const line = lines[at];
            return fence.test(line) || heading.test(line) || quote.test(line) || rule.test(line) || item.test(line)
              || (line.includes('|') && delimiters.test(lines[at + 1] ?? '') && lines[at + 1].includes('-'));
          }

          function blocks(lines, depth) {
            const nodes = [];
            if (depth > deepest) return [make('p', lines.join('\n'))];
            let at = 0;
            while (at < lines.length) {
              const line = lines[at];
              if (!line.trim()) {
                at += 1;
              } else if (fence.test(line)) {
                const marker = fence.exec(line)[1];
                let end = at + 1;
                while (end < lines.length && !lines[end].trimStart().startsWith(marker)) end++;
                const code = make('pre', make('code', lines.slice(at + 1, end).join('\n')));
                code.tabIndex = 0;
                nodes.push(code);
                at = end + 1;
              } else if (heading.test(line)) {
                const [, level, text = ''] = heading.exec(line);
                nodes.push(make('h' + Math.min(level.length + 2, 6), ...inline(text.replace(/[ \t]+#+[ \t]*$/, ''))));
                at += 1;
              } else if (rule.test(line)) {
                nodes.push(make('hr'));
                at += 1;
              } else if (quote.test(line)) {
                const inner = [];
                for (; at < lines.length && quote.test(lines[at]); at++) inner.push(lines[at].replace(quote, ''));
                nodes.push(make('blockquote', ...blocks(inner, depth + 1)));
              } else if (item.test(line)) {
                const [node, next] = list(lines, at, depth);
                nodes.push(node);
                at = next;
              } else if (line.includes('|') && delimiters.test(lines[at + 1] ?? '')) {
                const [node, next] = table(lines, at);
                nodes.push(node);
                at = next;
              } else {
                const text = [line.trimStart()];
                for (at += 1; at < lines.length && lines[at].trim() && !startsBlock(lines, at); at++) text.push(lines[at].trimStart());
                nodes.push(make('p', ...inline(text.join('\n').trimEnd())));
              }
            }
            return nodes;
          }

          return { render: text => blocks(text.replace(/\r\n?/g, '\n').split('\n'), 0), make, link, safeLink };
        })();
        """#
}
