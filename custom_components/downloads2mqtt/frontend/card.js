import{a as e,c as t,d as n,f as r,h as i,i as a,l as o,m as s,n as c,o as l,p as u,r as d,s as f,t as p,u as m}from"./downloads2mqtt-card.js";var ee=globalThis,te=ee.ShadowRoot&&(ee.ShadyCSS===void 0||ee.ShadyCSS.nativeShadow)&&`adoptedStyleSheets`in Document.prototype&&`replace`in CSSStyleSheet.prototype,ne=Symbol(),re=new WeakMap,ie=class{constructor(e,t,n){if(this._$cssResult$=!0,n!==ne)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(te&&e===void 0){let n=t!==void 0&&t.length===1;n&&(e=re.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),n&&re.set(t,e))}return e}toString(){return this.cssText}},ae=e=>new ie(typeof e==`string`?e:e+``,void 0,ne),h=(e,...t)=>new ie(e.length===1?e[0]:t.reduce((t,n,r)=>t+(e=>{if(!0===e._$cssResult$)return e.cssText;if(typeof e==`number`)return e;throw Error(`Value passed to 'css' function must be a 'css' function result: `+e+`. Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.`)})(n)+e[r+1],e[0]),e,ne),oe=(e,t)=>{if(te)e.adoptedStyleSheets=t.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let n of t){let t=document.createElement(`style`),r=ee.litNonce;r!==void 0&&t.setAttribute(`nonce`,r),t.textContent=n.cssText,e.appendChild(t)}},se=te?e=>e:e=>e instanceof CSSStyleSheet?(e=>{let t=``;for(let n of e.cssRules)t+=n.cssText;return ae(t)})(e):e,{is:ce,defineProperty:le,getOwnPropertyDescriptor:ue,getOwnPropertyNames:de,getOwnPropertySymbols:fe,getPrototypeOf:pe}=Object,me=globalThis,he=me.trustedTypes,ge=he?he.emptyScript:``,_e=me.reactiveElementPolyfillSupport,g=(e,t)=>e,ve={toAttribute(e,t){switch(t){case Boolean:e=e?ge:null;break;case Object:case Array:e=e==null?e:JSON.stringify(e)}return e},fromAttribute(e,t){let n=e;switch(t){case Boolean:n=e!==null;break;case Number:n=e===null?null:Number(e);break;case Object:case Array:try{n=JSON.parse(e)}catch{n=null}}return n}},ye=(e,t)=>!ce(e,t),be={attribute:!0,type:String,converter:ve,reflect:!1,useDefault:!1,hasChanged:ye};Symbol.metadata??=Symbol(`metadata`),me.litPropertyMetadata??=new WeakMap;var _=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=be){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),r=this.getPropertyDescriptor(e,n,t);r!==void 0&&le(this.prototype,e,r)}}static getPropertyDescriptor(e,t,n){let{get:r,set:i}=ue(this.prototype,e)??{get(){return this[t]},set(e){this[t]=e}};return{get:r,set(t){let a=r?.call(this);i?.call(this,t),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??be}static _$Ei(){if(this.hasOwnProperty(g(`elementProperties`)))return;let e=pe(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(g(`finalized`)))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(g(`properties`))){let e=this.properties,t=[...de(e),...fe(e)];for(let n of t)this.createProperty(n,e[n])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[e,n]of t)this.elementProperties.set(e,n)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let e of n)t.unshift(se(e))}else e!==void 0&&t.push(se(e));return t}static _$Eu(e,t){let n=t.attribute;return!1===n?void 0:typeof n==`string`?n:typeof e==`string`?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return oe(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,n);if(r!==void 0&&!0===n.reflect){let i=(n.converter?.toAttribute===void 0?ve:n.converter).toAttribute(t,n.type);this._$Em=e,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(e,t){let n=this.constructor,r=n._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let e=n.getPropertyOptions(r),i=typeof e.converter==`function`?{fromAttribute:e.converter}:e.converter?.fromAttribute===void 0?ve:e.converter;this._$Em=r;let a=i.fromAttribute(t,e.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(e,t,n,r=!1,i){if(e!==void 0){let a=this.constructor;if(!1===r&&(i=this[e]),n??=a.getPropertyOptions(e),!((n.hasChanged??ye)(i,t)||n.useDefault&&n.reflect&&i===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,n))))return;this.C(e,t,n)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:r,wrapped:i},a){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),!0!==i||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),!0===r&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[e,t]of this._$Ep)this[e]=t;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[t,n]of e){let{wrapped:e}=n,r=this[t];!0!==e||this._$AL.has(t)||r===void 0||this.C(t,void 0,n,r)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(t){throw e=!1,this._$EM(),t}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(e){}firstUpdated(e){}};_.elementStyles=[],_.shadowRootOptions={mode:`open`},_[g(`elementProperties`)]=new Map,_[g(`finalized`)]=new Map,_e?.({ReactiveElement:_}),(me.reactiveElementVersions??=[]).push(`2.1.2`);var xe=globalThis,Se=e=>e,Ce=xe.trustedTypes,we=Ce?Ce.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,Te=`$lit$`,v=`lit$${Math.random().toFixed(9).slice(2)}$`,Ee=`?`+v,De=`<${Ee}>`,y=document,b=()=>y.createComment(``),x=e=>e===null||typeof e!=`object`&&typeof e!=`function`,Oe=Array.isArray,ke=e=>Oe(e)||typeof e?.[Symbol.iterator]==`function`,Ae=`[ 	
\f\r]`,S=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,je=/-->/g,Me=/>/g,C=RegExp(`>|${Ae}(?:([^\\s"'>=/]+)(${Ae}*=${Ae}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),Ne=/'/g,Pe=/"/g,Fe=/^(?:script|style|textarea|title)$/i,Ie=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),w=Ie(1),Le=Ie(2),T=Symbol.for(`lit-noChange`),E=Symbol.for(`lit-nothing`),Re=new WeakMap,D=y.createTreeWalker(y,129);function ze(e,t){if(!Oe(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return we===void 0?t:we.createHTML(t)}var Be=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=S;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===S?c[1]===`!--`?o=je:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=C):(Fe.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=C):o=Me:o===C?c[0]===`>`?(o=i??S,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?C:c[3]===`"`?Pe:Ne):o===Pe||o===Ne?o=C:o===je||o===Me?o=S:(o=C,i=void 0);let d=o===C&&e[t+1].startsWith(`/>`)?` `:``;a+=o===S?n+De:l>=0?(r.push(s),n.slice(0,l)+Te+n.slice(l)+v+d):n+v+(l===-2?t:d)}return[ze(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},Ve=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=Be(t,n);if(this.el=e.createElement(l,r),D.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=D.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(Te)){let t=u[o++],n=i.getAttribute(e).split(v),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?We:r[1]===`?`?Ge:r[1]===`@`?Ke:k}),i.removeAttribute(e)}else e.startsWith(v)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(Fe.test(i.tagName)){let e=i.textContent.split(v),t=e.length-1;if(t>0){i.textContent=Ce?Ce.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],b()),D.nextNode(),c.push({type:2,index:++a});i.append(e[t],b())}}}else if(i.nodeType===8){if(i.data===Ee)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(v,e+1))!==-1;)c.push({type:7,index:a}),e+=v.length-1}}a++}}static createElement(e,t){let n=y.createElement(`template`);return n.innerHTML=e,n}};function O(e,t,n=e,r){if(t===T)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=x(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=O(e,i._$AS(e,t.values),i,r)),t}var He=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??y).importNode(t,!0);D.currentNode=r;let i=D.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new Ue(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new qe(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=D.nextNode(),a++)}return D.currentNode=y,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},Ue=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=E,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=O(this,e,t),x(e)?e===E||e==null||e===``?(this._$AH!==E&&this._$AR(),this._$AH=E):e!==this._$AH&&e!==T&&this._(e):e._$litType$===void 0?e.nodeType===void 0?ke(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==E&&x(this._$AH)?this._$AA.nextSibling.data=e:this.T(y.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=Ve.createElement(ze(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new He(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=Re.get(e.strings);return t===void 0&&Re.set(e.strings,t=new Ve(e)),t}k(t){Oe(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(b()),this.O(b()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=Se(e).nextSibling;Se(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},k=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=E,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=E}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=O(this,e,t,0),a=!x(e)||e!==this._$AH&&e!==T,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=O(this,r[n+o],t,o),s===T&&(s=this._$AH[o]),a||=!x(s)||s!==this._$AH[o],s===E?e=E:e!==E&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===E?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},We=class extends k{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===E?void 0:e}},Ge=class extends k{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==E)}},Ke=class extends k{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=O(this,e,t,0)??E)===T)return;let n=this._$AH,r=e===E&&n!==E||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==E&&(n===E||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},qe=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){O(this,e)}},Je={M:Te,P:v,A:Ee,C:1,L:Be,R:He,D:ke,V:O,I:Ue,H:k,N:Ge,U:Ke,B:We,F:qe},Ye=xe.litHtmlPolyfillSupport;Ye?.(Ve,Ue),(xe.litHtmlVersions??=[]).push(`3.3.3`);var Xe=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new Ue(t.insertBefore(b(),e),e,void 0,n??{})}return i._$AI(e),i},Ze=globalThis,A=class extends _{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Xe(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return T}};A._$litElement$=!0,A.finalized=!0,Ze.litElementHydrateSupport?.({LitElement:A});var Qe=Ze.litElementPolyfillSupport;Qe?.({LitElement:A}),(Ze.litElementVersions??=[]).push(`4.2.2`);var j=e=>(t,n)=>{n===void 0?customElements.define(e,t):n.addInitializer(()=>{customElements.define(e,t)})},$e={attribute:!0,type:String,converter:ve,reflect:!1,hasChanged:ye},et=(e=$e,t,n)=>{let{kind:r,metadata:i}=n,a=globalThis.litPropertyMetadata.get(i);if(a===void 0&&globalThis.litPropertyMetadata.set(i,a=new Map),r===`setter`&&((e=Object.create(e)).wrapped=!0),a.set(n.name,e),r===`accessor`){let{name:r}=n;return{set(n){let i=t.get.call(this);t.set.call(this,n),this.requestUpdate(r,i,e,!0,n)},init(t){return t!==void 0&&this.C(r,void 0,e,t),t}}}if(r===`setter`){let{name:r}=n;return function(n){let i=this[r];t.call(this,n),this.requestUpdate(r,i,e,!0,n)}}throw Error(`Unsupported decorator location: `+r)};function M(e){return(t,n)=>typeof n==`object`?et(e,t,n):((e,t,n)=>{let r=t.hasOwnProperty(n);return t.constructor.createProperty(n,e),r?Object.getOwnPropertyDescriptor(t,n):void 0})(e,t,n)}function N(e){return M({...e,state:!0,attribute:!1})}var tt=(e,t,n)=>(n.configurable=!0,n.enumerable=!0,Reflect.decorate&&typeof t!=`object`&&Object.defineProperty(e,t,n),n);function P(e,t){return(n,r,i)=>{let a=t=>t.renderRoot?.querySelector(e)??null;if(t){let{get:e,set:t}=typeof r==`object`?n:i??(()=>{let e=Symbol();return{get(){return this[e]},set(t){this[e]=t}}})();return tt(n,r,{get(){let n=e.call(this);return n===void 0&&(n=a(this),(n!==null||this.hasUpdated)&&t.call(this,n)),n}})}return tt(n,r,{get(){return a(this)}})}}var nt=500,rt=3e4,it=class{#e=0;constructor(e=Math.random,t=rt){this.random=e,this.longest=t}next(){let e=Math.min(this.longest,nt*2**this.#e);return this.#e+=1,e*(.5+this.random())}reset(){this.#e=0}},at=class extends Error{constructor(e,t){super(t),this.code=e,this.name=`RequestFailure`}},ot=`downloads2mqtt/subscribe`,st=`downloads2mqtt/request`,ct=5e3,lt=class{#e;#t;#n;#r;#i;#a;#o;constructor(e,t={},n=Math.random){this.connection=e,this.wanted=t,this.problem=null,this.#t=null,this.#n=0,this.#r=null,this.#a=0,this.#o={phase:`connecting`},this.#m=()=>{this.#e.reset(),this.#c()},this.#h=()=>{this.#f(),this.problem=null,this.#p({phase:`connecting`})},this.#e=new it(n,ct)}start(e){this.#t=e,this.connection.addEventListener(`ready`,this.#m),this.connection.addEventListener(`disconnected`,this.#h),this.connection.connected?this.#c():this.#p({phase:`connecting`})}stop(){this.connection.removeEventListener(`ready`,this.#m),this.connection.removeEventListener(`disconnected`,this.#h),this.#f(),this.#t=null}retry(){this.connection.connected&&this.#o.phase===`waiting`&&this.#c()}async request(e,t,n={}){if(!this.connection.connected)throw new at(`disconnected`,i(`card.reason_disconnected`));try{return await this.connection.sendMessagePromise({type:st,topic:e,verb:t,fields:n,...this.#s})}catch(e){throw ft(e)}}get#s(){return this.wanted.entry===void 0?{}:{entry_id:this.wanted.entry}}async#c(){this.#f();let e=this.#n,t=this.wanted.clients===void 0?{}:{clients:[...this.wanted.clients]};try{let n=await this.connection.subscribeMessage(t=>e===this.#n&&this.#l(t),{type:ot,...this.#s,...t},{resubscribe:!1});e===this.#n?this.#r=n:n().catch(()=>void 0)}catch(t){e===this.#n&&this.connection.connected&&this.#d(dt(t))}}#l(e){let t=this.#t;if(t!==null){if(e.t===`error`)return this.#d(`not_loaded`);if(e.t===`snapshot`||e.t===`delta`||e.t===`event`){if(e.t===`delta`&&e.prev!==this.#a)return void this.#c();if(this.#a=e.seq,e.t===`event`)return t.onEvent(e);if(e.t===`delta`)return e.control!==void 0&&this.#u(e.control),t.onDelta(e);this.#u(e.control??`off`),t.onSnapshot(e),this.problem=null,this.#e.reset(),this.#p({phase:`live`})}}}#u(e){this.#t?.onReader({user:null,control:e,polls:e!==`off`})}#d(e){this.#f(),this.problem=e;let t=this.#e.next();this.#i=setTimeout(()=>void this.#c(),t),this.#p({phase:`waiting`,retryAt:Date.now()+t})}#f(){clearTimeout(this.#i),this.#n+=1;let e=this.#r;this.#r=null,this.connection.connected&&e?.().catch(()=>void 0)}#p(e){this.#o=e,this.#t?.onLink(e)}#m;#h};function ut(e){let{code:t,message:n}=typeof e==`object`&&e?e:{};return{code:typeof t==`string`?t:``,message:typeof n==`string`?n:``}}function dt(e){let{code:t}=ut(e);return t===`unknown_command`?`missing`:t===`not_found`?`not_loaded`:`failed`}function ft(e){let{code:t,message:n}=ut(e);return t===``?new at(`interrupted`,``):new at(t,t===`unauthorized`?i(`card.reason_unauthorized`):n)}var pt=`downloads2mqtt.`,mt={read(e){try{let t=localStorage.getItem(pt+e);return t===null?void 0:JSON.parse(t)}catch{return}},write(e,t){try{localStorage.setItem(pt+e,JSON.stringify(t))}catch{}}},ht={name:13,state:8.6,progress:9,size:5.2,downloaded:5.8,uploaded:5.8,download_rate:6,upload_rate:6,eta:5.8,ratio:4,seeds:4,peers:4,client:6.5,category:7,tags:8,queue_position:4,added_at:8,completed_at:8,protocol:5.5,path:14},gt=[`name`,`state`,`progress`,`size`,`download_rate`,`upload_rate`,`eta`,`ratio`,`client`],_t=3,vt=60,yt=class{#e;constructor(e){this.memory=e,this.shown=xt(e.read(`columns`)),this.#e=St(e.read(`widths`))}get all(){return[...this.shown,...l.filter(e=>!this.shown.includes(e))]}get total(){return this.shown.reduce((e,t)=>e+this.width(t),0)}width(e){return this.#e.get(e)??ht[e]}isResized(e){return this.#e.has(e)}resize(e,t){t===null?this.#e.delete(e):this.#e.set(e,Math.min(vt,Math.max(_t,t))),this.memory.write(`widths`,Object.fromEntries(this.#e))}show(e,t){e!==`name`&&t!==this.shown.includes(e)&&this.#t(t?[...this.shown,e]:this.shown.filter(t=>t!==e))}move(e,t){let n=this.shown.indexOf(e),r=Math.min(this.shown.length-1,Math.max(1,n+t));if(n<1||n===r)return;let i=this.shown.filter(t=>t!==e);i.splice(r,0,e),this.#t(i)}reset(){this.#e.clear(),this.memory.write(`widths`,{}),this.#t([...gt])}#t(e){this.shown=e,this.memory.write(`columns`,e)}};function bt(e){return l.some(t=>t===e)}function xt(e){return Array.isArray(e)?[`name`,...[...new Set(e.filter(bt))].filter(e=>e!==`name`)]:[...gt]}function St(e){let t=typeof e==`object`&&e?Object.entries(e):[];return new Map(t.filter(e=>bt(e[0])&&Number.isFinite(e[1])))}var Ct=[`off`,`safe`,`full`];function wt(e,t){return Ct.indexOf(e)<Ct.indexOf(t)?e:t}var Tt=[`resume`,`pause`,`recheck`,`reannounce`,`remove`],Et=new Set([`queued`,`metadata`,`downloading`,`stalled`,`checking`,`processing`,`seeding`,`unknown`]),Dt=new Set([`paused`,`failed`,`completed`,`unknown`]),Ot=class{constructor(e,t,n){this.store=e,this.source=t,this.toasts=n}control(e){let t=this.store.bridges.get(this.store.clients.get(e)?.bridge??``);return wt(this.store.reader.control,t?.info?.control??`off`)}allowed(e=this.store.clients.keys()){return[...e].some(e=>this.control(e)!==`off`)}deletable(e){return e.filter(e=>this.control(e.client)===`full`)}takes(e,t){return this.store.available(e)?t===`poll`?this.store.reader.polls??!0:this.control(e)!==`off`&&(this.store.clients.get(e)?.abilities.includes(t)??!1):!1}taking(e){return[...this.store.clients.keys()].filter(t=>this.takes(t,e))}fitting(e,t){let n=new Set(this.taking(e));return[...t].filter(t=>n.has(t.client)&&At(e,t))}async run(e,t,n={}){let r=[...jt(t)].map(([t,r])=>this.ask(t,e,{ids:r.map(e=>e.id),...n}));return(await Promise.all(r)).every(Boolean)}async runAll(e,t){return(await Promise.all([...t].map(t=>this.ask(t,e,{all:!0})))).every(Boolean)}async ask(e,t,n={}){try{return await this.source.request(`client/${e}`,t,n),!0}catch(n){let r=this.store.clients.get(e)?.name??e;return this.toasts.show(`bad`,i(`toast.failed`,{client:r,verb:i(`verb.${t}`),reason:kt(n)})),!1}}};function kt(e){if(!(e instanceof at))throw e;switch(e.code){case`disconnected`:case`interrupted`:case`timeout`:case`too_large`:return e.message||i(`reason.${e.code}`);default:return e.message||i(`reason.failed`)}}function At(e,t){let r=n(t);switch(e){case`pause`:return Et.has(r);case`resume`:return Dt.has(r);case`recheck`:case`reannounce`:return t.protocol===`torrent`;case`remove`:return!0}}function jt(e){let t=new Map;for(let n of e){let e=t.get(n.client);e===void 0?t.set(n.client,[n]):e.push(n)}return t}var Mt=[`state`,`client`,`category`,`tag`],Nt={words:[],state:new Set,client:new Set,category:new Set,tag:new Set};function Pt(e){return e.words.length>0||Mt.some(t=>e[t].size>0)}function Ft(e){return e.toLowerCase().split(/\s+/).filter(Boolean)}var It=new Set([...Object.values({state:`state`,client:`client`,category:`category`,tag:`tags`}),`name`]);function Lt(e,t,n){let r={state:new Map,client:new Map,category:new Map,tag:new Map},i=Mt.filter(e=>t[e].size>0),a=[];for(let o of e){if(o.shown=!1,t.words.length&&!Vt(Bt(o,n),t.words))continue;let e=i.filter(e=>!Rt(o,e,t)),[s]=e;if(s===void 0){for(let e of Mt)zt(o,e,r);o.shown=!0,a.push(o)}else e.length===1&&zt(o,s,r)}return{rows:a,counts:r}}function Rt(e,t,r){switch(t){case`state`:return r.state.has(n(e));case`client`:return r.client.has(e.client);case`category`:return r.category.has(e.category??``);case`tag`:return e.tags.length?e.tags.some(e=>r.tag.has(e)):r.tag.has(``)}}function zt(e,t,r){let i=r[t],a=e=>i.set(e,(i.get(e)??0)+1);if(t===`state`)a(n(e));else if(t===`client`)a(e.client);else if(t===`category`)a(e.category??``);else if(e.tags.length===0)a(``);else for(let t of e.tags)a(t)}function Bt(e,t){return e.text??=[e.name,e.client,t(e.client),e.category,...e.tags].join(`
`).toLowerCase(),e.text}function Vt(e,t){return t.every(t=>e.includes(t))}var Ht=class{constructor(e){this.compare=e,this.items=[]}reset(e,t=this.compare){this.compare=t,this.items=[...e].sort(t)}update(e,t){let n=this.items.filter(n=>!e.has(n)&&!t.has(n)),r=[...e].filter(e=>!t.has(e)).sort(this.compare),i=[],a=0;for(let e of r){let t=this.#e(n,e,a);for(;a<t;a+=1)i.push(n[a]);i.push(e)}for(;a<n.length;a+=1)i.push(n[a]);this.items=i}#e(e,t,n){let r=n,i=e.length;for(;r<i;){let n=r+i>>>1;this.compare(e[n],t)<=0?r=n+1:i=n}return r}},Ut={state:new Map,client:new Map,category:new Map,tag:new Map},Wt=class{#e;#t;#n;#r;#i;#a;constructor(e){this.store=e,this.rows=[],this.counts=Ut,this.version=0,this.#e=Nt,this.#t={by:`state`,direction:1},this.#n=!0,this.#r=!0,this.#i=new Ht(f),this.#a=new Ht(f),this.#c=e=>this.store.clients.get(e)?.name??e}get filter(){return this.#e}set filter(e){this.#e=e,this.#r=!0}get sort(){return this.#t}set sort(e){this.#t=e,this.#n=!0}update(e){let n=e.added.length>0||e.removed.size>0,r=e.fields.has(`name`);e.all?this.#i.reset(this.store.downloads.values()):(n||r)&&this.#i.update(new Set([...e.added,...r?e.changed:[]]),e.removed),(e.all||n||r)&&this.#i.items.forEach((e,t)=>e.rank=t);let i=n||r||e.fields.has(this.#t.by);e.all||this.#n?this.#a.reset(this.store.downloads.values(),t(this.#t,this.#c)):i&&this.#a.update(new Set([...e.added,...e.changed]),e.removed);let a=n||[...e.fields].some(e=>It.has(e));e.all||this.#r||a?this.#s():(this.#n||i)&&this.#o(),this.#n=this.#r=!1}#o(){this.rows=this.#a.items.filter(e=>e.shown),this.version+=1}#s(){({rows:this.rows,counts:this.counts}=Lt(this.#a.items,this.#e,this.#c)),this.version+=1}#c},Gt=600,Kt=class{constructor(){this.samples=[]}take(e,t){this.samples.push({at:e,down:t?.down??null,up:t?.up??null}),this.samples.length>Gt&&this.samples.shift()}};function qt(e){let[t,n]=[0,0];for(let{available:r,stats:i}of e)r&&(t+=i?.download_rate??0,n+=i?.upload_rate??0);return{down:t,up:n}}var Jt=class{constructor(){this.keys=new Set,this.active=null,this.#e=null}#e;get size(){return this.keys.size}has(e){return this.keys.has(e)}only(e){this.keys.clear(),this.keys.add(e),this.active=this.#e=e}toggle(e){this.keys.delete(e)||this.keys.add(e),this.active=this.#e=e}extend(e,t){let n=this.#e??this.active??t,r=e.findIndex(e=>e.key===n),i=e.findIndex(e=>e.key===t);if(i<0)return;this.keys.clear();let[a,o]=r<0?[i,i]:[Math.min(r,i),Math.max(r,i)];for(let t of e.slice(a,o+1))this.keys.add(t.key);this.#e=r<0?t:n,this.active=t}move(e){this.active=e}all(e){for(let t of e)this.keys.add(t.key)}clear(){this.keys.clear(),this.#e=null}prune(e){for(let t of this.keys)e.get(t)?.shown||this.keys.delete(t);this.active!==null&&!e.get(this.active)?.shown&&(this.active=null),this.#e!==null&&!e.get(this.#e)?.shown&&(this.#e=null)}},Yt=500,Xt=()=>({all:!1,added:[],removed:new Set,changed:new Set,fields:new Set}),Zt=[`name`,`category`,`tags`],Qt=class{#e;#t;#n;constructor(e,t=()=>void 0,n=()=>void 0){this.onChange=e,this.hearEvent=t,this.hearNotice=n,this.downloads=new Map,this.bridges=new Map,this.clients=new Map,this.events=[],this.link={phase:`connecting`},this.reader={user:null,control:`off`},this.broker=!0,this.ready=!1,this.lastTold=0,this.#e=0,this.#t=Xt(),this.#n=new Map}get live(){return this.link.phase===`live`}get stale(){return this.ready&&(!this.live||!this.broker)}now(){return Date.now()+this.#e}available(e){return this.live&&this.broker&&(this.clients.get(e)?.available??!1)}answered(e){let t=e.available?this.#n.get(e.client)??0:0;return Math.max(t,e.last_ok===null?0:Date.parse(e.last_ok))}take(){let e=this.#t;return this.#t=Xt(),e}onLink(e){this.link=e,e.phase===`login`&&this.#i(),this.onChange()}onReader(e){this.reader=e,this.onChange()}onClock(e){this.#e=e-Date.now(),this.lastTold=Date.now()}onSnapshot(e){this.broker=e.broker,this.bridges=new Map(e.bridges.map(e=>[e.bridge,e])),this.clients=new Map(e.clients.map(e=>[e.client,e])),this.downloads.clear();for(let t of e.downloads){let e=$t(t);this.downloads.set(e.key,e)}this.#t.all=!0,this.ready=!0,this.#r()}onDelta(e){e.broker!==void 0&&(this.broker=e.broker);for(let[t,n]of Object.entries(e.set??{}))this.#a(t,n);for(let t of e.del??[])this.#o(t);this.#s(this.bridges,e.bridges),this.#s(this.clients,e.clients);for(let t of Object.keys(e.clients??{}))this.#n.set(t,this.now());this.#r()}onEvent(e){this.events.push(e),this.events.length>Yt&&this.events.splice(0,this.events.length-Yt),this.hearEvent(e),this.#r()}onNotice(e){this.hearNotice(e),this.#r()}#r(){this.lastTold=Date.now(),this.onChange()}#i(){this.downloads.clear(),this.bridges.clear(),this.clients.clear(),this.events=[],this.ready=!1,this.#t.all=!0}#a(e,t){let n=this.downloads.get(e);if(n===void 0){let n=$t(t);this.downloads.set(e,n),this.#t.added.push(n),this.#n.set(n.client,this.now())}else{Object.assign(n,t);for(let e in t)this.#t.fields.add(e);Zt.some(e=>e in t)&&(n.text=null),this.#t.changed.add(n),this.#n.set(n.client,this.now())}}#o(e){let t=this.downloads.get(e);t!==void 0&&(this.downloads.delete(e),this.#t.removed.add(t))}#s(e,t){for(let[n,r]of Object.entries(t??{}))r===null?e.delete(n):e.set(n,{...e.get(n),...r}),this.#t.all||=r===null||`name`in r}};function $t(e){return Object.assign(e,{key:`${e.client}:${e.id}`,rank:0,text:null,shown:!1})}var en={good:5,bad:12},tn=class{#e;constructor(e){this.onChange=e,this.shown=[],this.#e=1}show(e,t){if(this.shown.some(e=>e.text===t))return;let n=this.#e++;this.shown=[...this.shown,{id:n,tone:e,text:t}].slice(-4),setTimeout(()=>this.dismiss(n),en[e]*1e3),this.onChange()}dismiss(e){this.shown=this.shown.filter(t=>t.id!==e),this.onChange()}},nn=1e3,rn=1e3,an=new Set([`progress`,`size`,`downloaded`,`uploaded`,`download_rate`,`upload_rate`,`ratio`,`seeds`,`peers`,`added_at`,`completed_at`]),on=class{#e;#t;#n;#r;#i;constructor(e,t){this.source=e,this.memory=t,this.selection=new Jt,this.rates=new Kt,this.opened=null,this.#e=new Set,this.#t=new Set,this.#n=new Set,this.#r=!1,this.touch=()=>{this.#r||(this.#r=!0,globalThis.document?.hidden??!0?setTimeout(this.#o,rn):requestAnimationFrame(this.#o))},this.#a=()=>{let{store:e}=this;this.rates.take(Date.now(),e.live&&e.broker?qt(e.clients.values()):null),this.touch()},this.#o=()=>{this.#r=!1,this.listing.update(this.store.take()),this.selection.prune(this.store.downloads);for(let e of this.#e)e()},this.toasts=new tn(this.touch),this.store=new Qt(this.touch,e=>this.#t.forEach(t=>t(e)),e=>this.#n.forEach(t=>t(e))),this.listing=new Wt(this.store),this.columns=new yt(t),this.commands=new Ot(this.store,e,this.toasts),this.listing.sort=sn(t.read(`sort`))}start(){this.source.start(this.store),this.#i=setInterval(this.#a,nn)}stop(){this.source.stop(),clearInterval(this.#i)}watch(e){return this.#e.add(e),()=>this.#e.delete(e)}onEvent(e){return this.#t.add(e),()=>this.#t.delete(e)}onNotice(e){return this.#n.add(e),()=>this.#n.delete(e)}get filter(){return this.listing.filter}narrow(e){this.listing.filter={...this.listing.filter,...e},this.touch()}choose(e,t,n){let r=this.listing.filter[e],i=t.every(e=>r.has(e))&&(n||r.size===t.length),a=new Set(n?r:[]);for(let e of t)i?a.delete(e):a.add(e);this.narrow({[e]:a})}showEverything(){this.narrow(Nt)}sortBy(e,t){let{sort:n}=this.listing,r=an.has(e)?-1:1,i=n.direction===1?-1:1;this.listing.sort={by:e,direction:t??(e===n.by?i:r)},this.memory.write(`sort`,this.listing.sort),this.touch()}open(e){this.opened=e,this.touch()}get selected(){return this.listing.rows.filter(e=>this.selection.has(e.key))}#a;#o};function sn(e){let{by:t,direction:n}=e??{},r=l.find(e=>e===t);return{by:r??`state`,direction:r!==void 0&&n===-1?-1:1}}var F=h`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
    font: inherit;
    list-style: none;
  }

  button,
  input,
  select {
    margin: 0;
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }

  button {
    border: 0;
    padding: 0;
    background: none;
    text-align: start;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }

  button:disabled {
    cursor: default;
    opacity: 0.42;
  }

  :focus-visible {
    outline: 2px solid var(--d2m-accent);
    outline-offset: 1px;
  }

  svg.icon {
    flex: none;
    width: 1.125rem;
    height: 1.125rem;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.45rem;
    min-height: 2.125rem;
    padding: 0 0.7rem;
    border-radius: var(--d2m-radius);
    font-weight: 500;
    white-space: nowrap;
    transition: background-color 0.12s;
  }

  .button:not(:disabled):hover,
  .button[aria-expanded="true"] {
    background: color-mix(in srgb, var(--d2m-ink) 7%, transparent);
  }

  .button.icon-only {
    width: 2.125rem;
    padding: 0;
    color: var(--d2m-muted);
  }

  .button.icon-only:not(:disabled):hover {
    color: var(--d2m-ink);
  }

  .button.primary {
    background: var(--d2m-accent);
    color: var(--d2m-on-accent);
  }

  .button.primary:not(:disabled):hover {
    background: color-mix(in srgb, var(--d2m-accent) 88%, var(--d2m-ink));
  }

  .button.danger {
    color: var(--d2m-red);
  }

  .button.danger.primary {
    background: var(--d2m-red);
    color: var(--d2m-surface);
  }

  .button.outlined {
    border: 1px solid var(--d2m-line);
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  dialog {
    max-width: min(32rem, calc(100vw - 2rem));
    max-height: calc(100dvh - 2rem);
    padding: 0;
    border: 1px solid var(--d2m-line);
    border-radius: var(--d2m-radius-large);
    background: var(--d2m-raised);
    color: var(--d2m-ink);
    box-shadow: var(--d2m-shadow);
  }

  dialog::backdrop {
    background: rgb(8 11 15 / 45%);
  }

  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
      animation: none !important;
    }
  }

  @media (pointer: coarse) {
    .button {
      min-height: 2.5rem;
    }

    .button.icon-only {
      width: 2.5rem;
    }
  }
`,cn=2e3,ln=new Set([`clients`,`states`,`categories`,`entry_id`,`max_rows`]);async function un(t=document.querySelector(`home-assistant`)?.hass){t!==void 0&&await s(p(t));let{clients:n,categories:r}=await fn(t?.connection),o=e=>({select:{multiple:!0,custom_value:!0,mode:`dropdown`,options:e}});return{schema:[{name:`title`,selector:{text:{}}},{name:`view`,selector:{select:{mode:`list`,options:a.map(e=>dn(e,`card.view_${e}`))}}},{name:`clients`,selector:o(n)},{name:`states`,selector:{select:{multiple:!0,mode:`dropdown`,options:m.map(e=>dn(e,`state.${e}`))}}},{name:`categories`,selector:o(r)},{name:``,type:`grid`,schema:[{name:`sort`,selector:(e=>({select:{mode:`dropdown`,options:e}}))(l.map(e=>dn(e,`column.${e}`)))},{name:`max_rows`,selector:{number:{min:1,max:200,mode:`box`}}},{name:`descending`,selector:{boolean:{}}},{name:`hide_rates`,selector:{boolean:{}}},{name:`hide_actions`,selector:{boolean:{}}},{name:`hide_clients`,selector:{boolean:{}}}]},{name:`entry_id`,selector:{config_entry:{integration:`downloads2mqtt`}}}],computeLabel:({name:e})=>i(`card.set_${e}`),computeHelper:({name:e})=>ln.has(e)?i(`card.help_${e}`):void 0,assertConfig:t=>void e(t)}}function dn(e,t){return{value:e,label:i(t)}}async function fn(e){let t=e===void 0?void 0:await Promise.race([pn(e),mn()]);return{clients:(t?.clients??[]).map(({client:e,name:t})=>({value:e,label:t})),categories:[...new Set((t?.downloads??[]).flatMap(({category:e})=>e||[]))].sort().map(e=>({value:e,label:e}))}}async function pn(e){let t,n=new Promise(e=>t=e);try{let r=await e.subscribeMessage(e=>t(e),{type:ot},{resubscribe:!1}),i=await Promise.race([n,mn()]);return r().catch(()=>void 0),i}catch{return}}function mn(){return new Promise(e=>setTimeout(()=>e(void 0),cn))}var hn=class{constructor(e,t){this.source=e,this.bounds=t}start(e){this.source.start(new gn(e,this.bounds))}stop(){this.source.stop()}retry(){this.source.retry()}request(e,t,n){return this.source.request(e,t,n)}},gn=class{#e=new Map;#t=new Set;constructor(e,t){this.listener=e,this.bounds=t}onSnapshot(e){this.#e.clear(),this.#t.clear();let t=e.downloads.filter(e=>{let t=`${e.client}:${e.id}`;return this.#e.set(t,{...e}),this.#n(e)&&this.#t.add(t),this.#t.has(t)});this.listener.onSnapshot({...e,downloads:t})}onDelta(e){let t={},n=[];for(let[r,i]of Object.entries(e.set??{})){let e={...this.#e.get(r),...i};this.#e.set(r,e);let a=this.#t.has(r);this.#n(e)?(t[r]=a?i:{...e},this.#t.add(r)):a&&(this.#t.delete(r),n.push(r))}for(let t of e.del??[])this.#e.delete(t),this.#t.delete(t)&&n.push(t);this.listener.onDelta({...e,set:t,del:n})}onEvent(e){this.listener.onEvent(e)}onNotice(e){this.listener.onNotice(e)}onLink(e){this.listener.onLink(e)}onReader(e){this.listener.onReader(this.bounds.actions?e:{...e,control:`off`,polls:!1})}onClock(e){this.listener.onClock(e)}#n(e){let{states:t,categories:r}=this.bounds;return(t?.has(n(e))??!0)&&(r?.has(e.category??``)??!0)}},_n=h`
  :host {
    display: block;
    height: 100%;
    --d2m-ink: var(--primary-text-color, #141414);
    --d2m-muted: var(--secondary-text-color, #5e5e5e);
    --d2m-surface: var(--ha-card-background, var(--card-background-color, #fff));
    --d2m-paper: var(--card-background-color, #fff);
    --d2m-raised: var(--card-background-color, #fff);
    --d2m-sunken: color-mix(in srgb, var(--d2m-ink) 6%, transparent);
    --d2m-line: var(--divider-color, rgb(0 0 0 / 12%));
    --d2m-track: color-mix(in srgb, var(--d2m-ink) 12%, transparent);
    --d2m-accent: var(--primary-color, #009ac7);
    --d2m-on-accent: var(--text-primary-color, #fff);
    --d2m-blue: color-mix(in srgb, var(--blue-color, #2196f3) 76%, var(--d2m-ink));
    --d2m-green: color-mix(in srgb, var(--green-color, #4caf50) 68%, var(--d2m-ink));
    --d2m-amber: color-mix(in srgb, var(--orange-color, #ff9800) 62%, var(--d2m-ink));
    --d2m-red: color-mix(in srgb, var(--red-color, #f44336) 82%, var(--d2m-ink));
    --d2m-violet: color-mix(in srgb, var(--purple-color, #926bc7) 82%, var(--d2m-ink));
    --d2m-teal: color-mix(in srgb, var(--teal-color, #009688) 82%, var(--d2m-ink));
    --d2m-grey: color-mix(in srgb, var(--grey-color, #9e9e9e) 65%, var(--d2m-ink));
    --d2m-shadow: 0 1px 2px rgb(0 0 0 / 8%), 0 12px 32px rgb(0 0 0 / 22%);
    --d2m-radius: 0.5rem;
    --d2m-radius-large: var(--ha-card-border-radius, 0.75rem);
    --d2m-unit: 16px; /* Home Assistant's rem is smaller, its text is not */
    --d2m-row: 38px;
    --d2m-row-phone: 72px;
    --d2m-font: var(--ha-font-family-body, Roboto, Noto, sans-serif);
    --d2m-mono: var(--ha-font-family-code, monospace);
    color-scheme: light;
    color: var(--d2m-ink);
    font: 400 var(--ha-font-size-m, 14px) / 1.4 var(--d2m-font);
  }

  :host([dark]) {
    color-scheme: dark;
  }

  ha-card {
    display: flex;
    flex-direction: column;
    position: relative;
    height: 100%;
    overflow: hidden;
  }
`,vn={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},yn=e=>(...t)=>({_$litDirective$:e,values:t}),bn=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:xn}=Je,Sn=e=>e,Cn=()=>document.createComment(``),wn=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new xn(r.insertBefore(Cn(),i),r.insertBefore(Cn(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=Sn(e).nextSibling;Sn(r).insertBefore(e,i),e=t}}}return n},I=(e,t,n=e)=>(e._$AI(t,n),e),Tn={},En=(e,t=Tn)=>e._$AH=t,Dn=e=>e._$AH,On=e=>{e._$AR(),e._$AA.remove()},kn=(e,t,n)=>{let r=new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},An=yn(class extends bn{constructor(e){if(super(e),e.type!==vn.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,r]){let i=Dn(e),{values:a,keys:o}=this.dt(t,n,r);if(!Array.isArray(i))return this.ut=o,a;let s=this.ut??=[],c=[],l,u,d=0,f=i.length-1,p=0,m=a.length-1;for(;d<=f&&p<=m;)if(i[d]===null)d++;else if(i[f]===null)f--;else if(s[d]===o[p])c[p]=I(i[d],a[p]),d++,p++;else if(s[f]===o[m])c[m]=I(i[f],a[m]),f--,m--;else if(s[d]===o[m])c[m]=I(i[d],a[m]),wn(e,c[m+1],i[d]),d++,m--;else if(s[f]===o[p])c[p]=I(i[f],a[p]),wn(e,i[d],i[f]),f--,p++;else if(l===void 0&&(l=kn(o,p,m),u=kn(s,d,f)),l.has(s[d])){if(l.has(s[f])){let t=u.get(o[p]),n=t===void 0?null:i[t];if(n===null){let t=wn(e,i[d]);I(t,a[p]),c[p]=t}else c[p]=I(n,a[p]),wn(e,i[d],n),i[t]=null;p++}else On(i[f]),f--}else On(i[d]),d++;for(;p<=m;){let t=wn(e,c[m+1]);I(t,a[p]),c[p++]=t}for(;d<=f;){let e=i[d++];e!==null&&On(e)}return this.ut=o,En(e,c),T}}),jn=[`B`,`kB`,`MB`,`GB`,`TB`,`PB`,`EB`],Mn=[[86400,`d`],[3600,`h`],[60,`min`],[1,`s`]],Nn=new Map;function L(e,t,n=!0){let r=`${u()}/${t}/${n}`,i=Nn.get(r);if(i===void 0){let e={maximumFractionDigits:t,minimumFractionDigits:n?t:0};Nn.set(r,i=new Intl.NumberFormat(u(),e))}return i.format(e)}function R(e){if(e==null)return``;let t=0,n=e;for(;n>=999.5&&t<jn.length-1;)n/=1e3,t+=1;return`${L(n,+(t>0&&n<99.95))} ${jn[t]}`}function z(e){return e==null?``:`${R(e)}/s`}function B(e){return e==null?``:e>=100?`100 %`:`${L(Math.floor(e*10)/10,1)} %`}function Pn(e){return e==null?``:L(e,2)}function V(e){return e==null?``:L(e,0)}function H(e){if(e==null)return``;let t=Mn.findIndex(([t])=>e>=t),n=Mn[t];if(n===void 0)return`0 ${i(`unit.s`)}`;let[r,a]=n,o=Math.floor(e/r),s=Mn[t+1],c=s===void 0||o>=10||r===60?0:Math.floor(e%r/s[0]),l=`${L(o,0)} ${i(`unit.${a}`)}`;return c>0&&s!==void 0?`${l} ${c} ${i(`unit.${s[1]}`)}`:l}function Fn(e){return new Date(e).toLocaleTimeString(u(),{hour:`2-digit`,minute:`2-digit`,second:`2-digit`})}function In(e,t=Date.now()){if(!e)return``;let n=new Date(e),r={hour:`2-digit`,minute:`2-digit`};if(new Date(t).toDateString()===n.toDateString())return n.toLocaleTimeString(u(),r);let i=Math.abs(t-n.getTime())<15552e6,a={day:`numeric`,month:`short`};return n.toLocaleString(u(),i?{...a,...r}:{...a,year:`numeric`})}function Ln(e){return e?new Date(e).toLocaleString(u(),{dateStyle:`full`,timeStyle:`medium`}):``}var Rn={add:`M12 5v14M5 12h14`,attention:`M12 4 2.8 19.5h18.4L12 4ZM12 10v4.2M12 17v.01`,bell:`M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15L6 16.5ZM10 20.5h4`,copy:`M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4`,chart:`M4 4v16h16M7.5 14.5l3.5-4 3 2.5 4.5-6`,check:`m5 12.5 4.5 4.5L19 7.5`,clear:`M6 6l12 12M18 6 6 18`,columns:`M4 5h16v14H4zM9.5 5v14M15 5v14`,down:`M12 4.5v14M6 13l6 6 6-6`,edit:`M4.5 19.5h4L19 9a2.1 2.1 0 0 0-3-3L5.5 16.5l-1 3ZM14 8l3 3`,file:`M6 3.5h8l4 4v13H6zM14 3.5v4h4`,filter:`M4 6h16M7 12h10M10 18h4`,help:`M9.2 9.2a2.9 2.9 0 1 1 4.4 2.5c-1 .6-1.6 1.2-1.6 2.3M12 17.5v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z`,layers:`m12 4 8.5 4.5L12 13 3.5 8.5 12 4ZM4 12.5l8 4.3 8-4.3M4 16.2l8 4.3 8-4.3`,leave:`M14 4H5v16h9M10 12h10M16.5 8.5 20 12l-3.5 3.5`,more:`M12 5.5v.01M12 12v.01M12 18.5v.01`,pause:`M8.5 5.5v13M15.5 5.5v13`,recheck:`M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.2M20 4.5v4.7h-4.7`,refresh:`M4.5 12a7.5 7.5 0 0 1 13-5.1L20 9.2M20 4.5v4.7h-4.7M19.5 12a7.5 7.5 0 0 1-13 5.1L4 14.8M4 19.5v-4.7h4.7`,remove:`M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5`,resume:`M8 5.5v13l10.5-6.5L8 5.5Z`,search:`M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4`,select:`M4.5 4.5h15v15h-15zM8.5 12l2.5 2.5 4.5-5`,sort:`M8 5v14M4.5 15.5 8 19l3.5-3.5M16 19V5M12.5 8.5 16 5l3.5 3.5`,up:`M12 19.5v-14M6 11l6-6 6 6`,user:`M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5a7.5 7.5 0 0 1 15 0`,checking:`M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4M8.3 11l2 2 3.4-3.8`,completed:`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 12.3l2.8 2.8L16 9.6`,downloading:`M12 4v11M7 10.5l5 5 5-5M5 19.5h14`,failed:`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.5v5.2M12 16.2v.01`,metadata:`M10 13.5a4 4 0 0 0 6 .4l2.6-2.6a4 4 0 0 0-5.6-5.6l-1.4 1.3M14 10.5a4 4 0 0 0-6-.4l-2.6 2.6a4 4 0 0 0 5.6 5.6l1.4-1.3`,paused:`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM10 9v6M14 9v6`,processing:`M12 3.5 20 8v8l-8 4.5L4 16V8l8-4.5ZM4.3 8.2 12 12.5l7.7-4.3M12 12.5v8`,queued:`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.2V12l3.2 2`,seeding:`M12 20V9M7 13.5l5-5 5 5M5 4.5h14`,stalled:`M7 4h10M7 20h10M8 4c0 4 8 6 8 8s-8 4-8 8M16 4c0 4-8 6-8 8s8 4 8 8`,unknown:`M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM10 10a2 2 0 1 1 2.9 1.8c-.6.4-.9.8-.9 1.5M12 16.2v.01`};function U(e){return Le`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${Rn[e]}></path></svg>`}var W=yn(class extends bn{#e={};constructor(e){if(super(e),e.type!==vn.ELEMENT)throw Error(`vars() stands where attributes stand`)}render(e){return T}update(e,[t]){let{style:n}=e.element;for(let[e,r]of Object.entries(t))this.#e[e]!==r&&n.setProperty(e,`${r}`);return this.#e=t,T}}),zn=new Set([`size`,`downloaded`,`uploaded`,`download_rate`,`upload_rate`,`eta`,`ratio`,`seeds`,`peers`,`queue_position`]);function G(e){return e.stage===null||n(e)!==`processing`?i(`state.${n(e)}`):i(`stage.${e.stage}`)}function Bn(e){let t=e.progress!==null;return w`<span
    class="bar"
    role="progressbar"
    aria-label=${i(`grid.progress_of`,{name:e.name})}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${t?e.progress:E}
    aria-valuetext=${t?B(e.progress):i(`grid.progress_unknown`)}
    ><span class="fill" ${W({"--done":(e.progress??0)/100})}></span
  ></span>`}function Vn(e,t){return e.store.clients.get(t.client)?.name??t.client}function Hn(e){let t=e.error??e.warning;return t===null?E:w`<span class="note" title=${t}>${t}</span>`}function Un(e,t,r,a){switch(e){case`name`:return w`<span class="name" title=${t.name}>${t.name}</span>${Hn(t)}`;case`state`:return w`<span class="state">${U(n(t))}<span class="word">${G(t)}</span></span>`;case`progress`:return w`${Bn(t)}<span class="percent">${B(t.progress)}</span>`;case`size`:case`downloaded`:case`uploaded`:return R(t[e]);case`download_rate`:case`upload_rate`:return a&&t[e]?z(t[e]):``;case`eta`:return a?H(t.eta):``;case`ratio`:return Pn(t.ratio);case`seeds`:case`peers`:case`queue_position`:return V(t[e]);case`client`:return Vn(r,t);case`category`:return t.category??``;case`tags`:return w`${t.tags.map(e=>w`<span class="tag">${e}</span>`)}`;case`added_at`:case`completed_at`:return w`<span title=${Ln(t[e])}>${In(t[e],r.store.now())}</span>`;case`protocol`:return i(`protocol.${t.protocol}`);case`path`:return w`<span title=${t.path??``}>${t.path??``}</span>`}}function Wn(e,t,r){let i=R(e.size),[a,o]=r?[e.download_rate,e.upload_rate]:[null,null],s=r&&e.eta!==null&&n(e)!==`seeding`?H(e.eta):``;return w`
    <span class="first">
      <span class="state">${U(n(e))}</span>
      <span class="name">${e.name}</span>
      <span class="percent">${B(e.progress)}</span>
    </span>
    ${Bn(e)}
    <span class="last">
      <span class="word">${G(e)}</span>
      <span class="about">${Vn(t,e)}${i&&` · ${i}`}</span>
      ${Hn(e)} ${a?w`<span class="rate down">${z(a)}</span>`:E}
      ${o&&!a?w`<span class="rate up">${z(o)}</span>`:E}
      ${s&&a?w`<span class="left">${s}</span>`:E}
    </span>
  `}var Gn=h`
  ul {
    flex: 0 1 auto;
    min-height: 0;
    padding: 0 0 0.5rem;
    overflow-y: auto;
    scrollbar-width: thin;
  }

  li {
    --tone: var(--d2m-grey);
    position: relative;
    display: grid;
    grid-template:
      "sign name percent act" auto
      "sign about about act" auto
      "sign bar bar act" auto / 36px minmax(0, 1fr) auto auto;
    align-items: center;
    gap: 0 0.75rem;
    min-height: 3.5rem;
    padding: 0.5rem 0.5rem 0.5rem 1rem;
  }

  /* What is done has no bar. */
  li:not(:has(.bar)) {
    grid-template:
      "sign name percent act" 1fr
      "sign about about act" 1fr / 36px minmax(0, 1fr) auto auto;
  }

  li:not(:has(.bar)) .name {
    align-self: end;
  }

  li:not(:has(.bar)) .about {
    align-self: start;
  }

  li:hover {
    background: color-mix(in srgb, var(--d2m-ink) 4%, transparent);
  }

  [data-state="downloading"] {
    --tone: var(--d2m-blue);
  }

  [data-state="seeding"],
  [data-state="completed"] {
    --tone: var(--d2m-green);
  }

  [data-state="stalled"] {
    --tone: var(--d2m-amber);
  }

  [data-state="failed"] {
    --tone: var(--d2m-red);
  }

  [data-state="processing"] {
    --tone: var(--d2m-violet);
  }

  [data-state="checking"],
  [data-state="metadata"] {
    --tone: var(--d2m-teal);
  }

  .old {
    --tone: var(--d2m-grey);
  }

  .open {
    position: absolute;
    inset: 0;
    outline-offset: -2px;
  }

  .sign {
    grid-area: sign;
    display: grid;
    place-items: center;
    width: 36px;
    height: 36px;
    border-radius: 50%;
    color: var(--tone);
    background: color-mix(in srgb, var(--tone) 16%, transparent);
    pointer-events: none;
  }

  .sign svg {
    width: 20px;
    height: 20px;
  }

  .text {
    display: contents;
  }

  .name {
    grid-area: name;
    pointer-events: none;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 500;
    unicode-bidi: plaintext;
  }

  .about {
    grid-area: about;
    pointer-events: none;
    overflow: hidden;
    text-overflow: ellipsis;
    color: var(--d2m-muted);
    font-size: var(--ha-font-size-s, 12px);
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }

  .about:has(.trouble) {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    white-space: normal;
    overflow-wrap: anywhere;
  }

  .about > * + *::before {
    content: "·";
    margin-inline: 0.35em;
  }

  .about b {
    font-weight: 400;
  }

  .about .trouble {
    color: var(--d2m-red);
  }

  li:not([data-state="failed"]) .trouble {
    color: var(--d2m-amber);
  }

  .percent {
    grid-area: percent;
    color: var(--d2m-muted);
    font-size: var(--ha-font-size-s, 12px);
    line-height: 1.65;
    font-variant-numeric: tabular-nums;
    pointer-events: none;
  }

  .bar {
    grid-area: bar;
    display: block;
    height: 0.25rem;
    margin-top: 0.3rem;
    overflow: hidden;
    border-radius: 0.125rem;
    background: color-mix(in srgb, var(--tone) 20%, transparent);
    pointer-events: none;
  }

  .fill {
    display: block;
    width: calc(var(--done, 0) * 100%);
    height: 100%;
    border-radius: inherit;
    background: var(--tone);
    transition: width 0.45s ease-out;
  }

  .act {
    grid-area: act;
    position: relative;
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    border-radius: 50%;
    color: var(--d2m-muted);
  }

  .act:hover {
    background: color-mix(in srgb, var(--d2m-ink) 8%, transparent);
    color: var(--d2m-ink);
  }

  .more {
    flex: none;
    min-height: 2.5rem;
    margin: 0 0.5rem 0.5rem;
    padding: 0 0.75rem;
    border-radius: var(--d2m-radius);
    color: var(--d2m-accent);
    font-weight: 500;
  }

  .more:hover {
    background: color-mix(in srgb, var(--d2m-accent) 10%, transparent);
  }

  @media (forced-colors: active) {
    .bar {
      border: 1px solid CanvasText;
    }

    .fill {
      background: CanvasText;
    }
  }
`;function Kn(e,t){return!e.live||!e.broker?`unheard`:t.available?`good`:t.state===`starting`&&!Yn(e,t)?`starting`:`bad`}function qn(e,t){let n=Jn(e,t);if(!e.live)return`${i(`client.as_last_known`)} · ${n}`;if(!e.broker)return`${i(`client.not_heard`)} · ${n}`;if(Yn(e,t))return`${i(`client.no_bridge`,{bridge:t.bridge})} · ${n}`;if(t.available)return`${i(`client.online`)} · ${n}`;if(t.state===`starting`)return i(`client.starting`);let r=i(`client.for`,{time:H(Math.max(0,(e.now()-Date.parse(t.since))/1e3))});return[t.state===`online`?i(`client.not_heard`):i(`client.${t.state}`),t.error,r,n].filter(Boolean).join(` · `)}function Jn(e,t){let n=e.answered(t);if(n===0)return i(`client.never`);let r=(e.now()-n)/1e3;return r<5?i(`client.just_now`):i(`client.ago`,{time:H(r)})}function Yn(e,t){return e.bridges.get(t.bridge)?.state!==`online`}function K(e,t,n,r){var i=arguments.length,a=i<3?t:r===null?r=Object.getOwnPropertyDescriptor(t,n):r,o;if(typeof Reflect==`object`&&typeof Reflect.decorate==`function`)a=Reflect.decorate(e,t,n,r);else for(var s=e.length-1;s>=0;s--)(o=e[s])&&(a=(i<3?o(a):i>3?o(t,n,a):o(t,n))||a);return i>3&&a&&Object.defineProperty(t,n,a),a}var q=class extends A{#e;connectedCallback(){super.connectedCallback(),this.#t()}disconnectedCallback(){super.disconnectedCallback(),this.#e?.(),this.#e=void 0}willUpdate(e){e.has(`model`)&&this.#t()}tell(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0,composed:!0}))}#t(){this.#e?.();let e=this.model;this.#e=this.isConnected?e?.watch(()=>this.requestUpdate()):void 0}};K([M({attribute:!1})],q.prototype,`model`,void 0);var Xn=h`
  :host {
    display: contents;
  }

  aside {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    width: clamp(20rem, 28vw, 26rem);
    min-height: 0;
    border-inline-start: 1px solid var(--d2m-line);
    background: var(--d2m-paper);
  }

  dialog[open] {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    width: 100vw;
    max-width: none;
    height: 100dvh;
    max-height: none;
    margin: 0;
    border: 0;
    border-radius: 0;
    background: var(--d2m-paper);
    animation: come 0.18s ease-out;
  }

  @media (min-width: 36rem) {
    dialog[open] {
      width: 26rem;
      margin-inline-start: auto;
      border-inline-start: 1px solid var(--d2m-line);
    }
  }

  @keyframes come {
    from {
      opacity: 0;
      translate: 0 1.5rem;
    }
  }

  .head {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.2rem 0.5rem;
    padding: 0.85rem 0.6rem 0.9rem 1.2rem;
    border-bottom: 1px solid var(--d2m-line);
    background: var(--d2m-surface);
  }

  h2 {
    padding-top: 0.25rem;
    font-size: 1.02rem;
    font-weight: 650;
    line-height: 1.35;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
  }

  h2:focus-visible {
    border-radius: 0.25rem;
  }

  .now {
    grid-column: 1 / -1;
    display: flex;
    align-items: center;
    gap: 0.45rem;
    padding-inline-end: 0.6rem;
    font-weight: 550;
    color: var(--tone, var(--d2m-muted));
    font-variant-numeric: tabular-nums;
  }

  .now .of {
    margin-inline-start: auto;
    font-weight: 400;
    color: var(--d2m-muted);
  }

  .bar {
    grid-column: 1 / -1;
    display: block;
    height: 0.4rem;
    margin: 0.25rem 0.6rem 0 0;
    overflow: hidden;
    border-radius: 0.2rem;
    background: var(--d2m-track);
  }

  .fill {
    display: block;
    height: 100%;
    border-radius: inherit;
    background: var(--tone, var(--d2m-muted));
    transform-origin: left;
    transform: scaleX(var(--done));
    transition: transform 0.5s linear;
  }

  :dir(rtl) .fill {
    transform-origin: right;
  }

  .old {
    filter: grayscale(1);
  }

  [data-state="downloading"],
  [data-state="metadata"],
  [data-state="checking"] {
    --tone: var(--d2m-blue);
  }

  [data-state="processing"] {
    --tone: var(--d2m-violet);
  }

  [data-state="seeding"] {
    --tone: var(--d2m-teal);
  }

  [data-state="completed"] {
    --tone: var(--d2m-green);
  }

  [data-state="stalled"] {
    --tone: var(--d2m-amber);
  }

  [data-state="failed"] {
    --tone: var(--d2m-red);
  }

  .rest {
    overflow-y: auto;
    padding: 0.7rem 1.2rem max(1.5rem, env(safe-area-inset-bottom));
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: color-mix(in srgb, var(--d2m-muted) 35%, transparent) transparent;
  }

  .rest:focus-visible {
    outline-offset: -2px;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.1rem;
    margin: 0 -0.55rem 0.4rem;
    font-size: 0.82rem;
  }

  .actions .button {
    padding-inline: 0.55rem;
  }

  .said {
    margin-bottom: 0.8rem;
    padding: 0.6rem 0.8rem;
    border-radius: var(--d2m-radius);
    background: color-mix(in srgb, var(--tone) 11%, transparent);
    overflow-wrap: anywhere;
  }

  .said b {
    display: flex;
    align-items: center;
    gap: 0.4rem;
    font-weight: 600;
    color: var(--tone);
  }

  .said.error {
    --tone: var(--d2m-red);
  }

  .said.warning {
    --tone: var(--d2m-amber);
  }

  h3 {
    margin: 1.1rem 0 0.25rem;
    font-size: 0.75rem;
    font-weight: 650;
    letter-spacing: 0.045em;
    text-transform: uppercase;
    color: var(--d2m-muted);
  }

  .fact {
    display: grid;
    grid-template-columns: minmax(6.5rem, 34%) minmax(0, 1fr);
    gap: 0 0.6rem;
    align-items: baseline;
    min-height: 1.85rem;
    padding: 0.2rem 0;
  }

  .fact + .fact {
    border-top: 1px solid color-mix(in srgb, var(--d2m-line) 70%, transparent);
  }

  dt {
    color: var(--d2m-muted);
    overflow-wrap: anywhere;
  }

  dd {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.6rem;
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
  }

  dd.mono {
    font: 0.79rem/1.55 var(--d2m-mono);
    word-break: break-all;
  }

  .tag {
    display: inline-block;
    margin-inline-end: 0.3rem;
    padding: 0.05rem 0.5rem;
    border-radius: 1rem;
    background: color-mix(in srgb, var(--d2m-ink) 8%, transparent);
    font-size: 0.82rem;
  }

  .copy {
    flex: none;
    width: 1.75rem !important;
    min-height: 1.75rem !important;
    margin: -0.3rem -0.4rem -0.3rem 0;
  }

  .copy svg.icon {
    width: 0.95rem;
    height: 0.95rem;
  }

  @media (pointer: coarse) {
    .copy {
      width: 2.5rem !important;
      min-height: 2.25rem !important;
    }
  }

  .none {
    color: var(--d2m-muted);
  }

  .gone {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 0.4rem;
    padding: 2rem;
    text-align: center;
    color: var(--d2m-muted);
  }

  .events li {
    position: relative;
    display: grid;
    grid-template-columns: 0.9rem minmax(0, 1fr) auto;
    gap: 0 0.6rem;
    align-items: baseline;
    padding: 0.25rem 0;
  }

  .events li::before {
    content: "";
    align-self: center;
    justify-self: center;
    width: 0.5rem;
    height: 0.5rem;
    border-radius: 50%;
    background: var(--tone, var(--d2m-grey));
  }

  .events li:not(:last-child)::after {
    content: "";
    position: absolute;
    inset: calc(50% + 0.45rem) auto calc(-50% + 0.45rem) 0.4rem;
    width: 1px;
    background: var(--d2m-line);
  }

  .events time {
    font-size: 0.82rem;
    color: var(--d2m-muted);
    font-variant-numeric: tabular-nums;
  }

  [data-event="completed"] {
    --tone: var(--d2m-green);
  }

  [data-event="failed"] {
    --tone: var(--d2m-red);
  }

  [data-event="stalled"] {
    --tone: var(--d2m-amber);
  }

  [data-event="added"],
  [data-event="started"],
  [data-event="resumed"] {
    --tone: var(--d2m-blue);
  }
`;function Zn(e,t){if(e===null)return``;let n=Math.max(0,(t-Date.parse(e))/1e3);return n<5?i(`date.just_now`):i(`date.ago`,{time:H(n)})}var Qn=/^[0-9a-f]{40}$/;function $n(e,t){let n=t.clients.get(e.client);return[{id:`transfer`,title:i(`drawer.transfer`),facts:nr(e,t.available(e.client))},{id:`place`,title:i(`drawer.place`),facts:rr(e,n)},{id:`dates`,title:i(`drawer.dates`),facts:ir(e,t.now())},{id:`limits`,title:i(`drawer.limits`,{client:n?.name??e.client}),facts:ar(n)},{id:`identity`,title:i(`drawer.identity`),facts:or(e)}].map(e=>({...e,facts:e.facts.filter(e=>e.text!==``||e.tags?.length)})).filter(e=>e.facts.length>0)}function er(e){return e.protocol===`torrent`&&Qn.test(e.id)}function tr(e,t){return{name:e,text:R(t),title:t===null?``:`${V(t)} B`}}function nr(e,t){let r=e.protocol===`usenet`,a=t&&n(e)!==`seeding`?e.eta:null;return[tr(`column.size`,e.size),tr(`column.downloaded`,e.downloaded),{name:`column.download_rate`,text:t?z(e.download_rate):``},{name:`column.eta`,text:H(a),title:a===null?``:`${V(a)} ${i(`unit.s`)}`},...r?[]:[tr(`column.uploaded`,e.uploaded),{name:`column.upload_rate`,text:t?z(e.upload_rate):``},{name:`column.ratio`,text:Pn(e.ratio)},{name:`column.seeds`,text:V(e.seeds)},{name:`column.peers`,text:V(e.peers)}],{name:`column.queue_position`,text:V(e.queue_position)}]}function rr(e,t){let n=[t?.kind??e.kind,t?.version].filter(Boolean).join(` `);return[{name:`column.client`,text:t?.name??e.client},{name:`fact.kind`,text:`${n} · ${i(`protocol.${e.protocol}`)}`},{name:`column.category`,text:e.category??``},{name:`column.tags`,text:``,tags:e.tags},{name:`column.path`,text:e.path??``,copy:e.path??``,mono:!0}]}function ir(e,t){return[`added_at`,`completed_at`,`updated_at`].map(n=>({name:n===`updated_at`?`fact.updated_at`:`column.${n}`,text:e[n]===null?``:[Zn(e[n],t),In(e[n],t)].join(` · `),title:Ln(e[n])}))}function ar(e){let t=e?.stats;if(!e?.available||!t)return[];let n=(e,t)=>({name:e,text:t===null?``:t===0?i(`fact.no_limit`):z(t)}),r=t.alternative_limits;return[n(`fact.download_limit`,t.download_limit),n(`fact.upload_limit`,t.upload_limit),{name:`fact.alternative_limits`,text:r===null?``:i(r?`fact.on`:`fact.off`)}]}function or(e){let t=er(e),n=`magnet:?xt=urn:btih:${e.id}`;return[{name:t?`fact.hash`:`fact.id`,text:e.id,copy:e.id,mono:!0},{name:`fact.native_id`,text:e.native_id===e.id?``:e.native_id,copy:e.native_id,mono:!0},{name:`fact.magnet`,text:t?n:``,copy:n,mono:!0},{name:`fact.native_state`,text:e.native_state,mono:!0}]}var sr=1e3,cr=5;async function lr(e,t,n){let r=t.clients.get(n.client)?.bridge;if(r===void 0)return[];let i=n.added_at===null?{}:{since:n.added_at},a=[],o=null;for(let t=0;t<cr;t+=1){let t={client:n.client,limit:sr,...i,...o===null?{}:{before:o}},s=await e.request(`bridge/${r}`,`history`,t);if(a.push(...s.finished.filter(e=>e.id===n.id)),o=s.next,o===null)break}return a}function ur(...e){return[...new Map(e.flat().map(e=>[`${e.event} ${e.at} ${e.to}`,e])).values()].sort((e,t)=>Date.parse(t.at)-Date.parse(e.at))}var dr=50,J=class extends q{constructor(...e){super(...e),this.past=[],this.trouble=``,this.#e=``}#e;static{this.styles=[F,Xn]}willUpdate(e){super.willUpdate(e);let{store:t}=this.model;this.#e!==this.row.key&&t.live&&(this.#e=this.row.key,this.past=[],this.trouble=``,this.#t(this.row))}async#t(e){try{let t=await lr(this.model.source,this.model.store,e);this.#e===e.key&&(this.past=t)}catch(t){this.#e===e.key&&(this.trouble=kt(t))}}render(){let{row:e,model:t}=this,n=ur(t.store.events.filter(t=>t.client===e.client&&t.id===e.id),this.past).slice(0,dr);return w`<section aria-labelledby="events">
      <h3 id="events">${i(`drawer.events`)}</h3>
      ${n.length===0?w`<p class="none">${i(`drawer.no_events`)}</p>`:w`<ol class="events">
              ${n.map(e=>this.#n(e))}
            </ol>`}
      ${this.trouble?w`<p class="none">${i(`drawer.no_history`,{reason:this.trouble})}</p>`:E}
    </section>`}#n(e){let t=e.to===null?``:i(`state.${e.to}`);return w`<li data-event=${e.event}>
      <span>${i(`event.${e.event}`,{state:t})}</span>
      <time datetime=${e.at} title=${Ln(e.at)}>${In(e.at,this.model.store.now())}</time>
    </li>`}};K([M({attribute:!1})],J.prototype,`row`,void 0),K([N()],J.prototype,`past`,void 0),K([N()],J.prototype,`trouble`,void 0),J=K([j(`d2m-event-list`)],J);var fr=5,Y=class extends q{constructor(...e){super(...e),this.rows=[],this.deleting=[],this.#t=()=>{let{commands:e}=this.model,t=e.fitting(`remove`,this.rows),n=new Set(e.deletable(this.deleting));e.run(`remove`,t.filter(e=>n.has(e)),{delete_data:!0}),e.run(`remove`,t.filter(e=>!n.has(e))),this.rows=this.deleting=[]}}static{this.styles=[F,h`
      form {
        display: grid;
        gap: 0.9rem;
        width: min(28rem, calc(100vw - 2rem));
        padding: 1.25rem 1.4rem 1.1rem;
      }

      h2 {
        font-size: 1.1rem;
        font-weight: 650;
      }

      ul {
        display: grid;
        gap: 0.2rem;
        padding: 0.6rem 0.8rem;
        border-radius: var(--d2m-radius);
        background: var(--d2m-sunken);
      }

      li {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      p,
      .others {
        color: var(--d2m-muted);
      }

      label {
        display: flex;
        align-items: center;
        gap: 0.6rem;
      }

      input {
        width: 1.05rem;
        height: 1.05rem;
        accent-color: var(--d2m-red);
      }

      .warning {
        color: var(--d2m-red);
      }

      footer {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: 0.5rem;
      }
    `]}ask(e){e.length!==0&&(this.rows=e,this.deleting=[],this.updateComplete.then(()=>this.dialog.showModal()))}willUpdate(){if(this.deleting.length===0)return;let e=new Set(this.model.commands.deletable(this.rows)),t=this.deleting.filter(t=>e.has(t));t.length<e.size?this.deleting=[]:t.length<this.deleting.length&&(this.deleting=t)}render(){let{rows:e}=this,t=e.length-fr;return w`<dialog aria-labelledby="title" @keydown=${e=>e.stopPropagation()}>
      <form method="dialog" @submit=${this.#t}>
        <h2 id="title">${i(`remove.title`,{count:e.length})}</h2>
        <ul>
          ${e.slice(0,fr).map(e=>w`<li title=${e.name}>${e.name}</li>`)}
          ${t>0?w`<li class="others">${i(`remove.others`,{count:t})}</li>`:E}
        </ul>
        ${this.#e()}
        <footer>
          <button class="button outlined" type="button" @click=${()=>this.dialog.close()}>
            ${i(`remove.cancel`)}
          </button>
          <button class="button primary danger" type="submit">
            ${i(this.deleting.length>0?`remove.confirm_data`:`remove.confirm`)}
          </button>
        </footer>
      </form>
    </dialog>`}#e(){let{commands:e,store:t}=this.model,n=e.deletable(this.rows);if(n.length===0)return w`<p>${i(`remove.data_stays`)}</p>`;let r=this.deleting.length>0,a=n.reduce((e,t)=>e+(t.downloaded??t.size??0),0),o=new Set(this.rows.filter(e=>!n.includes(e)).map(e=>e.client)),s=[...o].map(e=>t.clients.get(e)?.name??e).join(`, `);return w`<label
        ><input type="checkbox" name="data" .checked=${r} @change=${e=>this.deleting=e.target.checked?n:[]} />${o.size===0?i(`remove.data`):i(`remove.data_some`,{count:n.length})}</label
      >
      ${o.size===0?E:w`<p class="kept">${i(`remove.data_kept`,{names:s})}</p>`}
      <p class=${r?`warning`:``} aria-live="polite">
        ${r?i(`remove.data_goes`,{size:R(a)}):i(`remove.data_stays`)}
      </p>`}#t};K([P(`dialog`)],Y.prototype,`dialog`,void 0),K([N()],Y.prototype,`rows`,void 0),K([N()],Y.prototype,`deleting`,void 0),Y=K([j(`d2m-remove-dialog`)],Y);function pr(e,t){let n=e=>String(t.get(e)??``).trim(),r={};n(`category`)!==(e.category??``)&&(r.category=n(`category`));let i=mr(n(`tags`));i.join(`
`)!==e.tags.join(`
`)&&(r.tags=i);for(let e of[`priority`,`queue_position`])n(e)!==``&&(r[e]=Number(n(e)));for(let e of[`download_limit`,`upload_limit`])n(e)!==``&&(r[e]=Number(n(e))*1e3);return r}function mr(e){let t=e.split(`,`).map(e=>e.trim());return[...new Set(t.filter(e=>e!==``))]}function hr(e){let t=new Set;for(let{category:n}of e)n&&t.add(n);return[...t].sort((e,t)=>e.localeCompare(t))}var gr=h`
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(12rem, 100%), 1fr));
    gap: 0.9rem 1rem;
  }

  .field {
    display: grid;
    align-content: start;
    gap: 0.3rem;
    min-width: 0;
  }

  .field.wide {
    grid-column: 1 / -1;
  }

  .field > span:first-child {
    font-size: 0.82rem;
    font-weight: 600;
    color: var(--d2m-ink);
  }

  .hint {
    font-size: 0.79rem;
    color: var(--d2m-muted);
  }

  .field input:not([type="checkbox"]),
  .field select,
  .field textarea {
    width: 100%;
    min-height: 2.25rem;
    padding: 0.35rem 0.65rem;
    border: 1px solid color-mix(in srgb, var(--d2m-muted) 45%, var(--d2m-line));
    border-radius: var(--d2m-radius);
    background: var(--d2m-surface);
    color: var(--d2m-ink);
    font: inherit;
  }

  .field textarea {
    resize: vertical;
    min-height: 5.5rem;
    font: 0.85rem/1.5 var(--d2m-mono);
    overflow-wrap: anywhere;
  }

  .field :is(input, select, textarea):focus-visible {
    outline: 2px solid var(--d2m-accent);
    outline-offset: -1px;
    border-color: transparent;
  }

  .field ::placeholder {
    color: var(--d2m-muted);
    opacity: 1;
  }

  .tick {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    min-height: 2.25rem;
  }

  .tick input {
    flex: none;
    width: 1.1rem;
    height: 1.1rem;
    accent-color: var(--d2m-accent);
  }

  .with-unit {
    position: relative;
    display: block;
  }

  .with-unit > span {
    position: absolute;
    inset-inline-end: 0.65rem;
    top: 50%;
    translate: 0 -50%;
    color: var(--d2m-muted);
    font-size: 0.82rem;
    pointer-events: none;
  }

  .with-unit input {
    padding-inline-end: 3.2rem !important;
    appearance: textfield;
  }

  .feet {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 0.5rem;
  }

  .sentence {
    padding: 0.6rem 0.8rem;
    border-radius: var(--d2m-radius);
    background: color-mix(in srgb, var(--d2m-red) 10%, transparent);
    color: var(--d2m-red);
    overflow-wrap: anywhere;
  }

  @media (pointer: coarse) {
    .field input:not([type="checkbox"]),
    .field select,
    .field textarea {
      min-height: 2.75rem;
      font-size: 16px;
    }
  }
`,_r=[[`-1`,`priority.low`],[`0`,`priority.normal`],[`1`,`priority.high`],[`2`,`priority.first`]],X=class extends q{constructor(...e){super(...e),this.busy=!1,this.#e=null,this.#t=async e=>{if(e.preventDefault(),this.busy)return;let t=pr(this.#e??this.row,new FormData(this.form));if(Object.keys(t).length===0)return void this.tell(`d2m-close`);let{commands:n,toasts:r}=this.model;this.busy=!0;let a=await n.ask(this.row.client,`set`,{ids:[this.row.id],...t});this.busy=!1,a&&(r.show(`good`,i(`set.saved`)),this.tell(`d2m-close`))},this.#n=e=>{e.key===`Escape`&&(e.stopPropagation(),e.preventDefault(),this.tell(`d2m-close`))}}#e;static{this.styles=[F,gr,h`
      form {
        display: grid;
        gap: 0.9rem;
        margin: 0.2rem 0 0.6rem;
        padding: 0.9rem 1rem 1rem;
        border: 1px solid var(--d2m-line);
        border-radius: var(--d2m-radius-large);
        background: var(--d2m-surface);
      }

      .fields {
        grid-template-columns: repeat(auto-fit, minmax(min(8.5rem, 100%), 1fr));
      }
    `]}willUpdate(e){super.willUpdate(e),this.#e?.key!==this.row.key&&(this.#e={...this.row})}firstUpdated(){this.form.querySelector(`input, select`)?.focus()}render(){let e=this.#e??this.row,t=hr(this.model.store.downloads.values()),n=e=>w`<label class="field"
        ><span>${i(`fact.${e}`)}</span
        ><span class="with-unit"
          ><input name=${e} type="number" min="0" step="1" inputmode="numeric" /><span aria-hidden="true"
            >${i(`unit.kilobytes_per_second`)}</span
          ></span
        ><span class="hint">${i(`set.limit_hint`)}</span></label
      >`;return w`<form aria-label=${i(`set.title`)} @submit=${this.#t} @keydown=${this.#n}>
      <div class="fields">
        <label class="field"
          ><span>${i(`column.category`)}</span
          ><input name="category" .value=${e.category??``} list="categories" autocomplete="off"
        /></label>
        <label class="field"
          ><span>${i(`column.tags`)}</span><input name="tags" .value=${e.tags.join(`, `)} autocomplete="off" /><span
            class="hint"
            >${i(`set.tags_hint`)}</span
          ></label
        >
        <label class="field"
          ><span>${i(`priority.label`)}</span
          ><select name="priority">
            <option value="">${i(`priority.keep`)}</option>
            ${_r.map(([e,t])=>w`<option value=${e}>${i(t)}</option>`)}
          </select></label
        >
        <label class="field"
          ><span>${i(`column.queue_position`)}</span
          ><input name="queue_position" type="number" min="1" step="1" inputmode="numeric" /><span class="hint"
            >${i(`set.queue_hint`)}</span
          ></label
        >
        ${n(`download_limit`)} ${e.protocol===`usenet`?``:n(`upload_limit`)}
      </div>
      <datalist id="categories">${t.map(e=>w`<option value=${e}></option>`)}</datalist>
      <div class="feet">
        <button class="button outlined" type="button" @click=${()=>this.tell(`d2m-close`)}>${i(`set.cancel`)}</button>
        <button class="button primary" type="submit" aria-disabled=${this.busy?`true`:`false`}>
          ${i(`set.save`)}
        </button>
      </div>
    </form>`}#t;#n};K([M({attribute:!1})],X.prototype,`row`,void 0),K([P(`form`)],X.prototype,`form`,void 0),K([N()],X.prototype,`busy`,void 0),X=K([j(`d2m-set-form`)],X);var vr=class extends q{static{this.styles=[F,h`
      :host {
        position: absolute;
        inset: auto 1rem 1rem;
        z-index: 10;
        display: grid;
        justify-items: center;
        gap: 0.5rem;
        pointer-events: none;
      }

      .toast {
        display: flex;
        align-items: center;
        gap: 0.75rem;
        max-width: min(36rem, 100%);
        padding: 0.55rem 0.5rem 0.55rem 0.9rem;
        border: 1px solid var(--d2m-line);
        border-inline-start: 0.25rem solid var(--d2m-green);
        border-radius: var(--d2m-radius);
        background: var(--d2m-raised);
        box-shadow: var(--d2m-shadow);
        overflow-wrap: anywhere;
        pointer-events: auto;
        animation: come 0.18s ease-out;
      }

      .toast[data-tone="bad"] {
        border-inline-start-color: var(--d2m-red);
      }

      @keyframes come {
        from {
          opacity: 0;
          translate: 0 0.5rem;
        }
      }
    `]}render(){let{toasts:e}=this.model;return w`<div role="status" aria-live="polite" class="unseen">
        ${e.shown.map(e=>e.text).join(` `)}
      </div>
      ${An(e.shown,e=>e.id,t=>w`<div class="toast" data-tone=${t.tone}>
            <span>${t.text}</span>
            <button class="button icon-only" aria-label=${i(`toast.dismiss`)} @click=${()=>e.dismiss(t.id)}>
              ${U(`clear`)}
            </button>
          </div>`)}`}};vr=K([j(`d2m-toast-list`)],vr);var yr=[`resume`,`pause`,`recheck`,`reannounce`,`remove`],br=75,Z=class extends q{constructor(...e){super(...e),this.over=!1,this.changing=null,this.#e=null,this.#t=null,this.#n=new ResizeObserver(([e])=>this.#_(e?.contentRect.width??0)),this.#f=()=>{this.changing=null,this.headline?.focus()},this.#p=()=>this.model.open(null),this.#m=e=>{e.preventDefault(),this.#p()},this.#h=e=>{let[t]=e.composedPath(),n=t instanceof Element&&t.getAttribute(`role`)===`grid`;e.key===`Enter`&&n&&this.#t===this.model.selection.active&&this.#t!==null&&(this.headline?.focus(),e.stopPropagation(),e.preventDefault())}}#e;#t;#n;static{this.styles=[F,Xn]}connectedCallback(){super.connectedCallback(),this.parentElement!==null&&this.#n.observe(this.parentElement),this.parentElement?.addEventListener(`keydown`,this.#h,{capture:!0})}disconnectedCallback(){super.disconnectedCallback(),this.#n.disconnect(),this.parentElement?.removeEventListener(`keydown`,this.#h,{capture:!0})}willUpdate(e){super.willUpdate(e),this.model.store.link.phase===`login`&&(this.model.opened=null);let{opened:t}=this.model;t!==this.#t&&(this.#t===null?this.#e=xr():t===null&&this.#g()&&queueMicrotask(()=>this.#e?.focus()),this.#t=t,this.changing=null)}updated(){this.dialog!==null&&!this.dialog.open&&this.dialog.showModal()}render(){let{opened:e,store:t}=this.model;if(e===null)return E;let n=t.downloads.get(e),r=n===void 0?i(`drawer.label`):i(`drawer.of`,{name:n.name}),a=n===void 0?this.#r():this.#i(n);return w`${this.over?w`<dialog
              aria-label=${r}
              @cancel=${this.#m}
              @keydown=${e=>e.stopPropagation()}
              @click=${e=>e.target===this.dialog&&this.#p()}
            >
              ${a}<d2m-toast-list .model=${this.model}></d2m-toast-list>
            </dialog>`:w`<aside aria-label=${r}>${a}</aside>`}<d2m-remove-dialog .model=${this.model}></d2m-remove-dialog>`}#r(){return w`<div class="head">
        <h2 tabindex="-1">${i(`drawer.gone`)}</h2>
        ${this.#a()}
      </div>
      <p class="gone">${i(`drawer.gone_text`)}</p>`}#i(e){let{store:t}=this.model,r=t.available(e.client),a=e.size===null?``:i(`drawer.of_size`,{done:R(e.downloaded??0),size:R(e.size)});return w`<div class="head ${r?``:`old`}" data-state=${n(e)}>
        <h2 tabindex="-1" title=${e.name}>${e.name}</h2>
        ${this.#a()}
        <div class="now">
          ${U(n(e))}<span class="state">${G(e)}</span
          ><span class="percent">${B(e.progress)}</span><span class="of">${a}</span>
        </div>
        ${Bn(e)}
      </div>
      <div class="rest" tabindex="-1">
        ${this.#o(e)} ${this.#s(e)}
        ${this.changing===e.key?w`<d2m-set-form .model=${this.model} .row=${e} @d2m-close=${this.#f}></d2m-set-form>`:E}
        ${$n(e,t).map(e=>this.#c(e))}
        <d2m-event-list .model=${this.model} .row=${e}></d2m-event-list>
      </div>`}#a(){return w`<button class="button icon-only close" aria-label=${i(`sheet.close`)} @click=${this.#p}>
      ${U(`clear`)}
    </button>`}#o(e){let{commands:t}=this.model,n=yr.filter(n=>t.fitting(n,[e]).length>0),r=t.takes(e.client,`set`);return n.length===0&&!r?E:w`<div class="actions" role="group" aria-label=${i(`drawer.actions`)}>
      ${n.map(t=>w`<button
            class="button ${t===`remove`?`danger`:``}"
            data-act=${t}
            @click=${()=>this.#u(t,e)}
          >
            ${U(t===`reannounce`?`refresh`:t)}${i(`verb.${t}`)}
          </button>`)}
      ${r?w`<button
              class="button"
              data-act="set"
              aria-expanded=${this.changing===e.key?`true`:`false`}
              @click=${()=>this.changing=this.changing===e.key?null:e.key}
            >
              ${U(`edit`)}${i(`drawer.change`)}
            </button>`:E}
    </div>`}#s(e){return[`error`,`warning`].filter(t=>e[t]!==null).map(t=>w`<div class="said ${t}">
            <b>${U(`attention`)}${i(`drawer.${t}`)}</b>
            <p>${e[t]}</p>
          </div>`)}#c(e){return w`<section aria-labelledby=${e.id} data-group=${e.id}>
      <h3 id=${e.id}>${e.title}</h3>
      <dl>${e.facts.map(e=>this.#l(e))}</dl>
    </section>`}#l(e){return w`<div class="fact" data-fact=${e.name}>
      <dt>${i(e.name)}</dt>
      <dd class=${e.mono?`mono`:``} title=${e.title||E}>
        <span>${e.tags?e.tags.map(e=>w`<span class="tag">${e}</span>`):e.text}</span>
        ${e.copy?w`<button
                class="button icon-only copy"
                title=${i(`drawer.copy`,{fact:i(e.name)})}
                aria-label=${i(`drawer.copy`,{fact:i(e.name)})}
                @click=${()=>this.#d(e)}
              >
                ${U(`copy`)}
              </button>`:E}
      </dd>
    </div>`}#u(e,t){e===`remove`?this.removing?.ask([t]):this.model.commands.run(e,[t])}async#d(e){let{toasts:t}=this.model;try{await navigator.clipboard.writeText(e.copy??``),t.show(`good`,i(`drawer.copied`,{fact:i(e.name)}))}catch{t.show(`bad`,i(`drawer.not_copied`))}}#f;#p;#m;#h;#g(){return this.renderRoot.activeElement!==null}#_(e){let t=parseFloat(getComputedStyle(document.documentElement).fontSize)||16;this.over=e<br*t}};K([N()],Z.prototype,`over`,void 0),K([N()],Z.prototype,`changing`,void 0),K([P(`dialog`)],Z.prototype,`dialog`,void 0),K([P(`h2`)],Z.prototype,`headline`,void 0),K([P(`d2m-remove-dialog`)],Z.prototype,`removing`,void 0),Z=K([j(`d2m-drawer`)],Z);function xr(){let e=document.activeElement;for(;e?.shadowRoot?.activeElement;)e=e.shadowRoot.activeElement;return e instanceof HTMLElement?e:null}var Sr=3,Cr=class extends q{constructor(...e){super(...e),this.problem=()=>null}render(){let{model:e}=this,{store:t,listing:n}=e;return w`
      ${this.#e()} ${this.#n()}
      <div class="content ${t.stale?`stale`:``}">
        ${n.rows.length>0||t.ready&&Pt(e.filter)?this.list():this.#i()}
      </div>
      ${this.settings.health&&t.ready?this.#o():E}
      <div class="over"><d2m-drawer .model=${e}></d2m-drawer></div>
      <d2m-remove-dialog .model=${e}></d2m-remove-dialog>
      <d2m-toast-list .model=${e}></d2m-toast-list>
    `}head(){return E}#e(){let{settings:e,model:t}=this,n=e.title??i(`card.title`);return n===``&&!e.rates?this.head():w`<header>
        ${n===``?E:w`<h2 title=${n}>${n}</h2>`}
        ${e.rates&&t.store.ready?this.#t():E}
      </header>
      ${this.head()}`}#t(){let{down:e,up:t}=qt(this.model.store.clients.values()),n=(e,t)=>w`<span class=${`${e} ${t>0?`moving`:``}`} title=${i(`rates.${e}`)}
        >${U(e)}<span class="unseen">${i(`rates.${e}`)}</span><span id=${e}>${z(t)}</span></span
      >`;return w`<div class="rates ${this.model.store.stale?`stale`:``}" role="group" aria-label=${i(`rates.label`)}>
      ${n(`down`,e)} ${n(`up`,t)}
    </div>`}#n(){let{store:e}=this.model;if(!e.ready)return E;let t=e=>w`<p class="banner" role="status">${U(`attention`)}<span>${e}</span></p>`,n=i(`banner.from`,{time:Fn(e.lastTold)});if(!e.live)return t(`${this.#r().title} ${n}`);if(!e.broker)return t(`${i(`card.no_broker`)} ${n}`);let r=[...e.bridges.values()].filter(e=>e.state!==`online`);if(r.length>0){let e=r.map(e=>e.bridge).join(`, `);return t(i(`banner.no_bridge`,{count:r.length,names:e}))}if(!this.settings.health)return E;let a=[...e.clients.values()].filter(t=>Kn(e,t)===`bad`),[o]=a;return o===void 0?E:a.length>1?t(i(`banner.clients`,{count:a.length,names:a.map(e=>e.name).join(`, `)})):t(`${o.name}: ${qn(e,o)}`)}#r(){let e=this.problem();if(e===null)return{title:i(`card.lost`),text:i(`card.lost_text`)};let t=e===`not_loaded`&&this.settings.entry!==void 0?`no_entry`:e;return{title:i(`card.${t}`),text:i(`card.${t}_text`)}}#i(){let{store:e}=this.model,t=(e,t,n)=>w`<div class="empty" id="empty">${U(e)}<b>${t}</b><span>${n}</span></div>`;if(!e.ready){if(e.link.phase!==`waiting`)return this.#a();let{title:n,text:r}=this.#r();return t(`attention`,n,r)}return e.broker?e.bridges.size===0?t(`attention`,i(`card.no_bridge`),i(`card.no_bridge_text`)):e.clients.size===0?this.settings.clients===void 0?t(`attention`,i(`card.no_client`),i(`card.no_client_text`)):t(`attention`,i(`card.none_of_clients`),i(`card.none_of_clients_text`)):t(`check`,i(`empty.quiet`),i(`card.quiet_text`)):t(`attention`,i(`card.no_broker`),i(`card.no_broker_text`))}#a(){let e=Array.from({length:Math.min(Sr,this.settings.rows)});return w`<div class="loading" aria-busy="true">
      <span class="unseen">${i(`card.loading`)}</span>
      ${e.map(()=>w`<div class="ghost"><i></i><b></b><s></s></div>`)}
    </div>`}#o(){let{store:e}=this.model,t=[...e.clients.values()].sort((e,t)=>e.name.localeCompare(t.name));return t.length===0?E:w`<footer role="group" aria-label=${i(`facet.client`)}>
      ${t.map(t=>w`<button
            data-client=${t.client}
            data-health=${Kn(e,t)}
            title=${qn(e,t)}
            @click=${()=>this.tell(`d2m-more-info`,t.client)}
          >
            <span class="dot"></span>${t.name}<span class="unseen">: ${qn(e,t)}</span>
          </button>`)}
    </footer>`}};K([M({attribute:!1})],Cr.prototype,`settings`,void 0),K([M({attribute:!1})],Cr.prototype,`problem`,void 0),K([P(`d2m-remove-dialog`)],Cr.prototype,`removing`,void 0);var wr=h`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1 1 auto;
    min-height: 0;
    position: relative;
    container-type: inline-size;
  }

  header {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 1rem;
    min-height: 3.25rem;
    padding: 0.75rem 1rem 0.5rem;
  }

  h2 {
    min-width: 0;
    font-size: var(--ha-card-header-font-size, 1.25rem);
    line-height: 1.3;
    color: var(--ha-card-header-color, var(--d2m-ink));
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    unicode-bidi: plaintext;
  }

  .rates {
    display: flex;
    flex: none;
    gap: 0.75rem;
    margin-inline-start: auto;
    color: var(--d2m-muted);
    font-size: var(--ha-font-size-m, 14px);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .rates > span {
    display: inline-flex;
    align-items: center;
    gap: 0.2rem;
  }

  .rates svg {
    width: 1rem;
    height: 1rem;
    stroke-width: 2.2;
  }

  .rates .moving {
    color: var(--d2m-ink);
  }

  .down.moving svg {
    color: var(--d2m-blue);
  }

  .up.moving svg {
    color: var(--d2m-green);
  }

  .banner {
    display: flex;
    flex: none;
    align-items: flex-start;
    gap: 0.6rem;
    margin: 0 0.75rem 0.5rem;
    padding: 0.5rem 0.75rem;
    border-radius: var(--d2m-radius);
    background: color-mix(in srgb, var(--d2m-amber) 14%, transparent);
    font-size: var(--ha-font-size-m, 14px);
    overflow-wrap: anywhere;
  }

  .banner svg {
    margin-top: 0.05rem;
    color: var(--d2m-amber);
  }

  .banner span {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }

  .content {
    display: flex;
    flex-direction: column;
    flex: 1 1 auto;
    min-height: 0;
    transition:
      opacity 0.3s,
      filter 0.3s;
  }

  .stale {
    filter: grayscale(1);
    opacity: 0.7;
  }

  /* Without width, so that details always lie over the page. */
  .over {
    flex: none;
    width: 0;
    height: 0;
  }

  .empty {
    display: grid;
    flex: 1;
    align-content: center;
    justify-items: center;
    gap: 0.15rem;
    padding: 1.25rem 1.5rem 1.75rem;
    text-align: center;
    color: var(--d2m-muted);
  }

  .empty b {
    color: var(--d2m-ink);
    font-size: 1rem;
    font-weight: 500;
  }

  .empty span {
    max-width: 30rem;
    text-wrap: balance;
  }

  .empty svg {
    width: 1.5rem;
    height: 1.5rem;
    box-sizing: content-box;
    margin-bottom: 0.35rem;
    padding: 0.5rem;
    border-radius: 50%;
    color: var(--d2m-green);
    background: color-mix(in srgb, var(--d2m-green) 16%, transparent);
  }

  .empty svg:has(path[d^="M12 4 2.8"]) {
    color: var(--d2m-amber);
    background: color-mix(in srgb, var(--d2m-amber) 16%, transparent);
  }

  .loading {
    padding: 0.25rem 1rem 1rem;
    opacity: 0;
    animation: seen 0.4s 0.5s forwards;
  }

  @keyframes seen {
    to {
      opacity: 1;
    }
  }

  .ghost {
    display: grid;
    grid-template: "sign name" 1.1rem "sign more" 0.8rem / 2.5rem 1fr;
    gap: 0.35rem 0.75rem;
    padding: 0.5rem 0;
  }

  .ghost > * {
    border-radius: 0.4rem;
    background: var(--d2m-sunken);
  }

  .ghost i {
    grid-area: sign;
    aspect-ratio: 1;
    border-radius: 50%;
  }

  .ghost b {
    width: 70%;
  }

  .ghost s {
    width: 45%;
  }

  footer {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 0.1rem 0.15rem;
    padding: 0.35rem 0.5rem 0.5rem;
    border-top: 1px solid var(--d2m-line);
  }

  footer button {
    display: inline-flex;
    align-items: center;
    gap: 0.45rem;
    max-width: 100%;
    min-height: 1.75rem;
    padding: 0 0.6rem;
    border-radius: 1rem;
    color: var(--d2m-muted);
    font-size: var(--ha-font-size-s, 12px);
    overflow: hidden;
    white-space: nowrap;
  }

  footer button:hover {
    background: var(--d2m-sunken);
    color: var(--d2m-ink);
  }

  .dot {
    flex: none;
    width: 0.5rem;
    height: 0.5rem;
    border-radius: 50%;
    background: var(--d2m-grey);
  }

  [data-health="good"] .dot {
    background: var(--d2m-green);
  }

  [data-health="bad"] {
    color: var(--d2m-red);
  }

  [data-health="bad"] .dot {
    background: var(--d2m-red);
  }

  @media (pointer: coarse) {
    footer button {
      min-height: 2.5rem;
    }
  }
`,Tr=class extends Cr{constructor(...e){super(...e),this.unfolded=!1}static{this.styles=[F,wr,Gn]}list(){let{rows:e}=this.model.listing,t=this.unfolded?200:this.settings.rows,n=e.length-this.settings.rows;return w`<ul aria-label=${i(`list.label`)}>
        ${An(e.slice(0,t),e=>e.key,e=>this.#e(e))}
      </ul>
      ${n>0?w`<button class="more" @click=${()=>this.unfolded=!this.unfolded}>
              ${this.unfolded?i(`card.fewer`):i(`card.more`,{count:n})}
            </button>`:E}`}#e(e){let{model:t}=this,r=t.store.available(e.client),a=n(e);return w`<li data-key=${e.key} data-state=${a} class=${r?``:`old`}>
      <button
        class="open"
        aria-label=${i(`drawer.of`,{name:e.name})}
        @click=${()=>t.open(e.key)}
      ></button>
      <span class="sign">${U(a)}</span>
      <span class="text">
        <span class="name" title=${e.name}>${e.name}</span>
        <span class="about">${this.#t(e,r)}</span>
      </span>
      <span class="percent">${a===`seeding`||a===`completed`?E:B(e.progress)}</span>
      ${this.#n(e)} ${a===`seeding`||a===`completed`?E:Bn(e)}
    </li>`}#t(e,t){let r=e.error??e.warning;if(r!==null)return w`<b>${G(e)}</b><span class="trouble" title=${r}>${r}</span>`;let i=n(e),a=t&&i!==`paused`,o=[a&&e.download_rate?`↓ ${z(e.download_rate)}`:``,a&&e.upload_rate&&i===`seeding`?`↑ ${z(e.upload_rate)}`:``,a&&e.eta!==null&&i===`downloading`?H(e.eta):``,i===`downloading`&&e.download_rate?``:R(e.size),this.model.store.clients.size>1?Vn(this.model,e):``].filter(Boolean);return w`<b>${G(e)}</b>${o.map(e=>w`<span>${e}</span>`)}`}#n(e){let{commands:t}=this.model,r=[`pause`,`resume`].find(r=>t.fitting(r,[e]).length>0&&(r!==`resume`||n(e)!==`completed`));return r===void 0?E:w`<button
      class="act"
      data-act=${r}
      title=${i(`verb.${r}`)}
      aria-label=${`${i(`verb.${r}`)}: ${e.name}`}
      @click=${()=>void t.run(r,[e])}
    >
      ${U(r)}
    </button>`}};K([N()],Tr.prototype,`unfolded`,void 0),Tr=K([j(`d2m-card-compact`)],Tr);var Er=h`
  .tools {
    display: grid;
    flex: none;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.35rem;
    padding-bottom: 0.15rem;
  }

  .search {
    position: relative;
    display: block;
    margin-inline: 0.75rem;
    color: var(--d2m-muted);
  }

  .search svg {
    position: absolute;
    inset-inline-start: 0.75rem;
    top: 50%;
    translate: 0 -50%;
    width: 1.1rem;
    height: 1.1rem;
    pointer-events: none;
  }

  input {
    width: 100%;
    height: 2.5rem;
    padding: 0 0.75rem;
    padding-inline-start: 2.4rem;
    border: 0;
    border-radius: var(--d2m-radius);
    background: var(--d2m-sunken);
    color: var(--d2m-ink);
    font-size: 1rem;
  }

  input::placeholder {
    color: var(--d2m-muted);
    opacity: 1;
  }

  @container (min-width: 704px) {
    .tools {
      grid-template-columns: minmax(0, 1fr) minmax(12rem, 20rem);
      align-items: center;
    }

    .search {
      order: 1;
      margin-inline-start: 0;
    }

    input {
      height: 2.25rem;
      font-size: var(--ha-font-size-m, 14px);
    }
  }

  d2m-tool-bar {
    flex: none;
  }

  d2m-download-grid {
    flex: 1 1 calc(34px + var(--rows-shown) * var(--d2m-row));
    min-height: 6rem;
    --d2m-surface: var(--ha-card-background, var(--card-background-color, #fff));
  }

  d2m-download-grid.phone {
    flex-basis: calc(var(--rows-shown) * var(--d2m-row-phone));
  }

  .empty .button {
    margin-top: 0.75rem;
  }

  .filters {
    width: min(20rem, 88vw);
    max-width: none;
    height: 100dvh;
    max-height: none;
    margin: 0;
    border: 0;
    border-radius: 0;
    background: var(--d2m-paper);
  }

  .filters[open] {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
  }

  .filters .bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 0.6rem 0.6rem 0.2rem;
    padding-inline-start: 1.2rem;
    font-weight: 650;
  }

  .filters d2m-side-bar {
    min-height: 0;
  }
`,Dr=h`
  .name {
    flex: 0 1 auto;
    min-width: 6rem;
    font-weight: 500;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .note {
    flex: 1 1 0;
    min-width: 0;
    color: var(--d2m-amber);
    font-size: 0.8rem;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .cell > .name:has(+ .note) {
    max-width: 65%;
  }

  .name,
  .note,
  .tag {
    unicode-bidi: isolate;
  }

  .bad .note {
    color: var(--d2m-red);
  }

  .state {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    min-width: 0;
    color: var(--tone);
  }

  .state .word {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .bar {
    display: block;
    flex: 1;
    height: 0.375rem;
    border-radius: 0.2rem;
    background: var(--d2m-track);
    overflow: hidden;
  }

  .fill {
    display: block;
    height: 100%;
    border-radius: inherit;
    background: var(--tone);
    transform: translateX(calc((var(--done, 0) - 1) * 100%));
    transition: transform 0.45s ease-out;
  }

  .percent {
    flex: none;
    min-width: 3.4rem;
    text-align: end;
    font-size: 0.8rem;
    font-variant-numeric: tabular-nums;
  }

  .tag {
    flex: 0 1 auto;
    min-width: 1.5rem;
    padding: 0.05rem 0.4rem;
    border-radius: 0.3rem;
    background: var(--d2m-sunken);
    color: var(--d2m-muted);
    font-size: 0.78rem;
  }

  .cell[data-column="tags"] {
    gap: 0.25rem;
  }

  .card {
    display: grid;
    gap: 0.4rem;
    min-width: 0;
  }

  .card .bar {
    width: 100%;
  }

  .first,
  .last {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-width: 0;
    white-space: nowrap;
  }

  .first .name {
    flex: 1;
  }

  .first .percent {
    min-width: 0;
  }

  .last {
    font-size: 0.78rem;
    color: var(--d2m-muted);
  }

  .last .word {
    color: var(--tone);
    font-weight: 500;
  }

  .last .about {
    flex: 1 1 auto;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .last .note {
    flex: 2 1 auto;
  }

  .rate,
  .left {
    font-variant-numeric: tabular-nums;
  }

  .rate.down {
    color: var(--d2m-blue);
  }

  .rate.up {
    color: var(--d2m-green);
  }

  .rate.down::before {
    content: "↓ ";
  }

  .rate.up::before {
    content: "↑ ";
  }
`,Or=h`
  .scroller {
    position: absolute;
    inset: 0;
    overflow: auto;
    overscroll-behavior: contain;
    outline-offset: -2px;
    scrollbar-width: thin;
    scrollbar-color: color-mix(in srgb, var(--d2m-muted) 45%, transparent) transparent;
    --row-height: var(--d2m-row);
  }

  .probe {
    position: absolute;
    visibility: hidden;
    width: var(--d2m-unit);
    height: var(--d2m-row);
  }

  :host([phone]) .scroller {
    --row-height: var(--d2m-row-phone);
  }

  :host([phone]) .probe {
    height: var(--d2m-row-phone);
  }

  .heads {
    position: sticky;
    top: 0;
    z-index: 2;
    min-width: var(--least);
    background: var(--d2m-surface);
    border-bottom: 1px solid var(--d2m-line);
    color: var(--d2m-muted);
    font-size: 0.8rem;
  }

  :host([phone]) .heads {
    width: 0;
    min-width: 0;
    height: 0;
    overflow: hidden;
    border: 0;
  }

  .body {
    min-width: var(--least);
    height: calc(var(--rows) * var(--row-height));
    padding-top: calc(var(--first) * var(--row-height));
    overflow: clip;
  }

  .row {
    --tone: var(--d2m-grey);
    display: grid;
    grid-template-columns: var(--columns);
    align-items: center;
    height: var(--row-height);
    padding-inline-end: 0.75rem;
    border-bottom: 1px solid color-mix(in srgb, var(--d2m-line) 55%, transparent);
    contain: layout style;
    cursor: default;
  }

  .row.head {
    height: 2rem;
    border: 0;
  }

  .body .row:hover {
    background: color-mix(in srgb, var(--d2m-ink) 3.5%, transparent);
  }

  .row[aria-selected="true"],
  .row[aria-selected="true"]:hover {
    background: color-mix(in srgb, var(--d2m-accent) 12%, transparent);
  }

  .scroller:focus-visible .row.active {
    box-shadow: inset 0 0 0 2px color-mix(in srgb, var(--d2m-accent) 75%, transparent);
  }

  .scroller:focus-visible:has(.row.active) {
    outline: none;
  }

  .row[data-state="downloading"] {
    --tone: var(--d2m-blue);
  }

  .row[data-state="seeding"],
  .row[data-state="completed"] {
    --tone: var(--d2m-green);
  }

  .row[data-state="stalled"] {
    --tone: var(--d2m-amber);
  }

  .row[data-state="failed"] {
    --tone: var(--d2m-red);
  }

  .row[data-state="processing"] {
    --tone: var(--d2m-violet);
  }

  .row[data-state="checking"],
  .row[data-state="metadata"] {
    --tone: var(--d2m-teal);
  }

  .row.old {
    --tone: var(--d2m-grey);
    color: var(--d2m-muted);
  }

  .row.old .note {
    color: inherit;
  }

  .row.old .fill {
    opacity: 0.55;
  }

  .cell {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-width: 0;
    height: 100%;
    padding-inline: 0.5rem;
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
    position: relative;
  }

  .cell > span {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .figure {
    justify-content: flex-end;
    font-variant-numeric: tabular-nums;
  }

  .cell:is(
    [data-column="client"],
    [data-column="category"],
    [data-column="size"],
    [data-column="ratio"],
    [data-column="added_at"],
    [data-column="completed_at"],
    [data-column="path"],
    [data-column="protocol"],
    [data-column="seeds"],
    [data-column="peers"],
    [data-column="eta"]
  ) {
    color: var(--d2m-muted);
  }

  .cell:is([data-column="client"], [data-column="category"], [data-column="path"]) {
    display: block;
    line-height: var(--row-height);
  }

  .head .cell {
    overflow: visible;
  }

  .sort {
    display: inline-flex;
    align-items: center;
    gap: 0.2rem;
    max-width: 100%;
    height: 1.6rem;
    padding-inline: 0.35rem;
    margin-inline: -0.35rem;
    border-radius: 0.35rem;
    overflow: hidden;
  }

  .sort .label {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .sort svg.icon {
    width: 0.8rem;
    height: 0.8rem;
    stroke-width: 2.4;
  }

  .sort:hover,
  [aria-sort]:not([aria-sort="none"]) .sort {
    color: var(--d2m-ink);
  }

  [aria-sort]:not([aria-sort="none"]) .sort {
    font-weight: 600;
  }

  .grip {
    position: absolute;
    inset-block: 0.35rem;
    inset-inline-end: -0.3rem;
    width: 0.6rem;
    cursor: col-resize;
    touch-action: none;
    z-index: 1;
  }

  .cell > .grip {
    overflow: visible;
  }

  .grip::after {
    content: "";
    position: absolute;
    inset-block: 0;
    inset-inline-start: 50%;
    border-inline-start: 1px solid transparent;
  }

  .heads:hover .grip::after {
    border-color: var(--d2m-line);
  }

  .grip:hover::after {
    border-color: var(--d2m-accent) !important;
  }

  .check {
    display: grid;
    place-items: center;
    align-self: stretch;
    padding-inline-start: 0.5rem;
  }

  .body .check svg {
    width: 1rem;
    height: 1rem;
    padding: 0.1rem;
    border: 1px solid color-mix(in srgb, var(--d2m-muted) 60%, transparent);
    border-radius: 0.25rem;
    stroke-width: 3.5;
    stroke: transparent;
    opacity: 0;
  }

  .row:hover .check svg,
  :host([selecting]) .check svg,
  .row[aria-selected="true"] .check svg {
    opacity: 1;
  }

  .row[aria-selected="true"] .check svg {
    background: var(--d2m-accent);
    border-color: var(--d2m-accent);
    stroke: var(--d2m-on-accent);
  }

  :host([phone]) .row {
    grid-template-columns: minmax(0, 1fr);
    padding-inline: 0.9rem;
  }

  :host([phone]) .check {
    display: none;
  }

  :host([phone][selecting]) .row {
    grid-template-columns: 2rem minmax(0, 1fr);
  }

  :host([phone][selecting]) .check {
    display: grid;
    padding: 0;
    justify-items: start;
  }

  @media (hover: none) {
    .body .row:hover:not([aria-selected="true"]) {
      background: none;
    }
  }

  @media (forced-colors: active) {
    .bar {
      border: 1px solid CanvasText;
    }

    .fill {
      background: CanvasText;
    }

    .row[aria-selected="true"] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`,kr=class extends A{constructor(...e){super(...e),this.items=[],this.place={x:0,y:0},this.#n=e=>{e.stopPropagation();let t=[...this.renderRoot.querySelectorAll(`button`)],n=t.indexOf(this.renderRoot.activeElement),r={ArrowDown:1,ArrowUp:-1}[e.key];r!==void 0&&(e.preventDefault(),t[(n+r+t.length)%t.length]?.focus())}}static{this.styles=[F,h`
      [popover] {
        position: fixed;
        inset: min(var(--y), calc(100dvh - 14rem)) auto auto clamp(0.5rem, var(--x), calc(100vw - 17rem));
        min-width: 13rem;
        max-width: 16rem;
        margin: 0;
        padding: 0.3rem;
        border: 1px solid var(--d2m-line);
        border-radius: var(--d2m-radius-large);
        background: var(--d2m-raised);
        color: var(--d2m-ink);
        box-shadow: var(--d2m-shadow);
      }

      .button {
        width: 100%;
        justify-content: flex-start;
        font-weight: 400;
        overflow: hidden;
        text-overflow: ellipsis;
      }

      .button svg {
        color: var(--d2m-muted);
      }

      .danger svg {
        color: inherit;
      }
    `]}get#e(){return this.renderRoot.querySelector(`[popover]`)}render(){return w`<div
      popover="auto"
      role="menu"
      ${W({"--x":`${this.place.x}px`,"--y":`${this.place.y}px`})}
      @keydown=${this.#n}
      @toggle=${e=>e.newState===`closed`&&this.remove()}
    >
      ${this.items.map(e=>w`<button class="button ${e.danger?`danger`:``}" role="menuitem" @click=${()=>this.#t(e)}>
            ${e.sign?U(e.sign):``}${e.label}
          </button>`)}
    </div>`}firstUpdated(){this.#e?.showPopover(),this.renderRoot.querySelector(`button`)?.focus()}#t(e){this.#e?.hidePopover(),e.press()}#n};K([M({attribute:!1})],kr.prototype,`items`,void 0),K([M({attribute:!1})],kr.prototype,`place`,void 0),kr=K([j(`d2m-menu`)],kr);function Ar(e,t){let{left:n,bottom:r}=e.getBoundingClientRect();jr(e.getRootNode(),{x:n,y:r+4},t)}function jr(e,t,n){let r=new kr;r.items=n,r.place=t,(e instanceof Document?e.body:e).append(r)}var Mr=class{constructor(e){this.host=e,this.onClick=e=>{let t=Pr(e);if(t===null)return;let{selection:n,listing:r}=this.host.model,i=e.pointerType===`touch`||this.host.phone;e.shiftKey?n.extend(r.rows,t):e.ctrlKey||e.metaKey||Fr(e)||i&&(this.host.selecting||n.size>0)?n.toggle(t):i?(n.move(t),this.host.model.open(t)):(n.only(t),this.host.model.opened!==null&&this.host.model.open(t)),this.host.model.touch()},this.onDouble=e=>{let t=Pr(e);t!==null&&!Fr(e)&&this.host.model.open(t)},this.onMenu=e=>{let t=Pr(e),{commands:n,selection:r}=this.host.model;if(t===null||!n.allowed())return;r.has(t)||r.only(t),this.host.model.touch();let a=[...r.keys].flatMap(e=>this.host.model.store.downloads.get(e)??[]);if(!n.allowed(a.map(e=>e.client)))return;e.preventDefault();let o=Tt.filter(e=>n.fitting(e,a).length>0).map(e=>({label:i(`verb.${e}`),sign:e===`reannounce`?`refresh`:e,danger:e===`remove`,press:()=>this.host.tell(`d2m-verb`,e)}));o.length>0&&jr(this.host.renderRoot,{x:e.clientX,y:e.clientY},o)},this.onKey=e=>{if(e.altKey||Ir(e))return;let{rows:t}=this.host.model.listing,{selection:n}=this.host.model,r=t.findIndex(e=>e.key===n.active),i=Math.max(1,this.host.rowsInView-2),a={ArrowDown:1,ArrowUp:-1,PageDown:i,PageUp:-i}[e.key]??(e.key===`Home`?-1/0:e.key===`End`?1/0:null);if(a!==null)this.#e(Math.min(t.length-1,Math.max(0,(r<0&&a>0&&a!==1/0?-1:r)+a)),e);else if(e.key===` `&&n.active!==null)n.toggle(n.active);else if(e.key.toLowerCase()===`a`&&(e.ctrlKey||e.metaKey))n.all(t);else if(e.key===`Enter`&&n.active!==null)this.host.model.open(n.active);else return;e.preventDefault(),this.host.model.touch()}}#e(e,t){let n=this.host.model.listing.rows[e];n!==void 0&&(t.shiftKey?this.host.model.selection.extend(this.host.model.listing.rows,n.key):t.ctrlKey||t.metaKey?this.host.model.selection.move(n.key):this.host.model.selection.only(n.key),this.host.model.opened!==null&&this.host.model.open(n.key),this.host.reveal(e))}};function Nr(e){return e.target.closest(`[data-key]`)}function Pr(e){return Nr(e)?.dataset.key??null}function Fr(e){return e.target.closest(`[data-check]`)!==null}function Ir(e){return e.target.closest(`.heads`)!==null}var Lr=2.25,Rr=4,zr=6,Q=class extends q{constructor(...e){super(...e),this.phone=!1,this.selecting=!1,this.#e=38,this.#t=new Mr(this),this.#n=0,this.#r=60,this.#i=new ResizeObserver(()=>this.#d()),this.#f=()=>{let{scrollTop:e,clientHeight:t}=this.scroller,n=Math.max(0,Math.floor(e/this.#e)-zr),r=Math.ceil((e+t)/this.#e)+zr;(n!==this.#n||r!==this.#r)&&([this.#n,this.#r]=[n,r],this.requestUpdate())}}#e;#t;#n;#r;#i;static{this.styles=[F,Or,Dr,h`
      :host {
        display: block;
        position: relative;
        min-height: 0;
        overflow: hidden;
      }
    `]}focus(){this.scroller.focus()}firstUpdated(){this.#i.observe(this.scroller),this.#i.observe(this.probe)}disconnectedCallback(){super.disconnectedCallback(),this.#i.disconnect()}connectedCallback(){super.connectedCallback(),this.hasUpdated&&this.firstUpdated()}updated(e){e.has(`phone`)&&this.#d()}render(){let{listing:e,selection:t}=this.model,n=e.rows,r=Math.min(this.#n,Math.max(0,n.length-1)),a=n.slice(r,this.#r),o=a.findIndex(e=>e.key===t.active);return w`
      <div
        class="scroller"
        role="grid"
        tabindex="0"
        aria-label=${i(`grid.label`)}
        aria-multiselectable="true"
        aria-rowcount=${n.length+1}
        aria-colcount=${this.phone?1:this.#a.length}
        aria-activedescendant=${o<0?E:`row-${r+o}`}
        ${W({"--columns":this.#o(),"--least":this.#s(),"--rows":n.length,"--first":r})}
        @scroll=${this.#f}
        @keydown=${this.#t.onKey}
      >
        <div class="heads" role="rowgroup">${this.#c()}</div>
        <div
          class="body"
          role="rowgroup"
          @click=${this.#t.onClick}
          @dblclick=${this.#t.onDouble}
          @contextmenu=${this.#t.onMenu}
        >
          ${An(a,e=>e.key,(e,t)=>this.#u(e,r+t))}
        </div>
      </div>
      <div class="probe" aria-hidden="true"></div>
    `}get#a(){return this.model.columns.shown}#o(){let{columns:e}=this.model,t=this.#a.map(t=>{let n=e.width(t),r=t===`name`?n*Rr:e.isResized(t)?0:n;return`minmax(${Br(n)}, ${r}fr)`});return[Br(Lr),...t].join(` `)}#s(){return this.phone?`0`:Br(this.model.columns.total+Lr+.75)}#c(){return w`<div class="row head" role="row" aria-rowindex="1">
      <span class="check"></span>
      ${this.phone?w`<span role="columnheader" class="unseen">${i(`column.name`)}</span>`:this.#a.map((e,t)=>this.#l(e,t))}
    </div>`}#l(e,t){let{sort:n}=this.model.listing,r=n.by===e,a=r?n.direction>0?`ascending`:`descending`:`none`;return w`<span
      class="cell ${zn.has(e)?`figure`:``}"
      role="columnheader"
      aria-colindex=${t+1}
      aria-sort=${a}
    >
      <button class="sort" title=${i(`grid.sort_hint`)} @click=${()=>this.model.sortBy(e)}>
        <span class="label">${i(`column.${e}`)}</span>${r?U(n.direction>0?`up`:`down`):E}
      </button>
      ${e===`name`?E:w`<span
              class="grip"
              aria-hidden="true"
              @pointerdown=${t=>this.#p(t,e)}
              @dblclick=${()=>this.#m(e,null)}
            ></span>`}
    </span>`}#u(e,t){let{selection:r,store:a}=this.model,o=a.available(e.client);return w`<div
      class=${[`row`,o?``:`old`,r.active===e.key?`active`:``,e.error===null?``:`bad`,e.error===null&&e.warning!==null?`warned`:``].join(` `)}
      role="row"
      id=${`row-${t}`}
      data-key=${e.key}
      data-state=${n(e)}
      aria-rowindex=${t+2}
      aria-selected=${r.has(e.key)?`true`:`false`}
      aria-description=${o?E:i(`grid.as_last_known`)}
    >
      <span class="check" data-check>${U(`check`)}</span>
      ${this.phone?w`<span class="card" role="gridcell">${Wn(e,this.model,o)}</span>`:this.#a.map((t,n)=>w`<span
                  class="cell ${zn.has(t)?`figure`:``}"
                  data-column=${t}
                  role="gridcell"
                  aria-colindex=${n+1}
                  >${Un(t,e,this.model,o)}</span
                >`)}
    </div>`}get rowsInView(){return Math.floor(this.scroller.clientHeight/this.#e)}#d(){let{height:e}=this.probe.getBoundingClientRect();e>0&&(this.#e=e),this.#f(),this.requestUpdate()}#f;reveal(e){let{scroller:t}=this,n=t.clientHeight-(t.querySelector(`.heads`)?.offsetHeight??0),r=e*this.#e;r<t.scrollTop?t.scrollTop=r:r+this.#e>t.scrollTop+n&&(t.scrollTop=r+this.#e-n)}#p(e,t){e.preventDefault();let n=e.currentTarget,r=this.probe.getBoundingClientRect().width||16,[i,a]=[e.clientX,this.model.columns.width(t)],o=e=>this.#m(t,a+(e.clientX-i)/r);n.setPointerCapture(e.pointerId),n.addEventListener(`pointermove`,o),n.addEventListener(`lostpointercapture`,()=>n.removeEventListener(`pointermove`,o),{once:!0})}#m(e,t){this.model.columns.resize(e,t),this.model.touch()}};K([M({type:Boolean,reflect:!0})],Q.prototype,`phone`,void 0),K([M({type:Boolean,reflect:!0})],Q.prototype,`selecting`,void 0),K([P(`.scroller`)],Q.prototype,`scroller`,void 0),K([P(`.probe`)],Q.prototype,`probe`,void 0),Q=K([j(`d2m-download-grid`)],Q);function Br(e){return`calc(${e} * var(--d2m-unit))`}var Vr=class extends q{static{this.styles=[F,h`
      :host {
        display: flex;
        align-items: center;
        gap: 0.25rem;
        padding: 0.4rem 0.5rem 0.1rem 0.6rem;
      }

      .chips {
        display: flex;
        flex: 1;
        gap: 0.15rem;
        min-width: 0;
        overflow-x: auto;
        scrollbar-width: none;
      }

      .chips button {
        flex: none;
        min-height: 2.1rem;
        padding: 0 0.65rem;
        border-radius: 1.1rem;
        color: var(--d2m-muted);
        white-space: nowrap;
      }

      .chips button[aria-pressed="true"] {
        background: color-mix(in srgb, var(--d2m-accent) 13%, transparent);
        color: var(--d2m-accent);
        font-weight: 600;
      }

      .chips [data-group="failed"]:not(.none) {
        color: var(--d2m-red);
      }

      .chips span {
        font-size: 0.85em;
        font-variant-numeric: tabular-nums;
      }

      .filters {
        position: relative;
        flex: none;
      }

      .filters[data-mark]::after {
        content: "";
        position: absolute;
        inset: 0.45rem 0.45rem auto auto;
        width: 0.5rem;
        height: 0.5rem;
        border-radius: 50%;
        background: var(--d2m-accent);
        border: 2px solid var(--d2m-surface);
        box-sizing: content-box;
      }

      .filters[data-mark="bad"]::after {
        background: var(--d2m-red);
      }
    `]}render(){let{listing:e,filter:t,store:n}=this.model,a=[...e.counts.state.values()].reduce((e,t)=>e+t,0),s=[...n.clients.values()].some(e=>Kn(n,e)===`bad`),c=Mt.some(e=>e!==`state`&&t[e].size>0);return w`
      <div class="chips" role="group" aria-label=${i(`facet.state`)}>
        ${this.#e(`all`,a,t.state.size===0,()=>this.model.narrow({state:new Set}))}
        ${o.map(n=>{let i=r(n),a=i.reduce((t,n)=>t+(e.counts.state.get(n)??0),0),o=t.state.size===i.length&&i.every(e=>t.state.has(e));return this.#e(n,a,o,()=>this.model.choose(`state`,i,!1))})}
      </div>
      <button
        class="button icon-only filters"
        data-mark=${s?`bad`:c?`on`:E}
        aria-label=${i(`filter.label`)}
        @click=${()=>this.tell(`d2m-filters`)}
      >
        ${U(`filter`)}
      </button>
    `}#e(e,t,n,r){return w`<button
      class=${t===0?`none`:``}
      data-group=${e}
      aria-pressed=${n?`true`:`false`}
      @click=${r}
    >
      ${i(`group.${e}`)} <span>${V(t)}</span>
    </button>`}};Vr=K([j(`d2m-group-chips`)],Vr);var Hr=h`
  section {
    margin-bottom: 1.1rem;
  }

  h2 {
    display: flex;
    align-items: center;
    min-height: 1.75rem;
    padding: 0 0.6rem;
    font-size: 0.78rem;
    font-weight: 600;
    color: var(--d2m-muted);
  }

  .option {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    width: 100%;
    min-height: 1.95rem;
    padding: 0 0.6rem;
    border-radius: var(--d2m-radius);
  }

  .option:hover {
    background: color-mix(in srgb, var(--d2m-ink) 5.5%, transparent);
  }

  .option[aria-pressed="true"] {
    background: color-mix(in srgb, var(--d2m-accent) 11%, transparent);
    color: var(--d2m-accent);
    font-weight: 600;
  }

  .option svg.icon {
    width: 1.05rem;
    height: 1.05rem;
    color: var(--d2m-muted);
  }

  .option[data-tone="active"] svg.icon {
    color: var(--d2m-blue);
  }

  .option[data-tone="done"] svg.icon {
    color: var(--d2m-green);
  }

  .option[data-tone="failed"] svg.icon,
  .option[data-tone="failed"] .count {
    color: var(--d2m-red);
  }

  .option.inner {
    min-height: 1.7rem;
    padding-inline-start: 2.25rem;
    font-size: 0.92em;
    color: var(--d2m-muted);
  }

  .option.inner[aria-pressed="true"] {
    color: var(--d2m-accent);
  }

  .option.faint .label {
    font-style: italic;
    color: var(--d2m-muted);
  }

  .label {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .count {
    font-size: 0.82rem;
    font-weight: 400;
    color: var(--d2m-muted);
    font-variant-numeric: tabular-nums;
  }

  .option[aria-pressed="true"] .count {
    color: inherit;
  }

  .more {
    padding: 0.3rem 0.6rem;
    color: var(--d2m-accent);
    font-size: 0.85rem;
    border-radius: var(--d2m-radius);
  }

  @media (pointer: coarse) {
    .option,
    .option.inner {
      min-height: 2.6rem;
    }
  }
`,Ur=class extends q{static{this.styles=[F,Hr,h`
      :host {
        display: block;
      }

      li {
        position: relative;
      }

      .client {
        display: grid;
        grid-template-columns: 0.6rem minmax(0, 1fr) auto;
        gap: 0 0.75rem;
        align-items: baseline;
        width: 100%;
        padding: 0.4rem 0.6rem 0.45rem 0.75rem;
        border-radius: var(--d2m-radius);
      }

      .client:hover {
        background: color-mix(in srgb, var(--d2m-ink) 5.5%, transparent);
      }

      .client[aria-pressed="true"] {
        background: color-mix(in srgb, var(--d2m-accent) 13%, transparent);
      }

      .client[aria-pressed="true"] .label {
        color: var(--d2m-accent);
      }

      .dot {
        align-self: center;
        width: 0.5rem;
        height: 0.5rem;
        border-radius: 50%;
        background: var(--d2m-amber);
      }

      [data-health="good"] .dot {
        background: var(--d2m-green);
      }

      [data-health="bad"] .dot {
        background: var(--d2m-red);
      }

      [data-health="unheard"] .dot {
        background: var(--d2m-grey);
      }

      .label {
        font-weight: 500;
      }

      .facts {
        grid-column: 2 / -1;
        font-size: 0.79rem;
        line-height: 1.45;
        color: var(--d2m-muted);
        overflow-wrap: anywhere;
      }

      .rates {
        display: flex;
        flex-wrap: wrap;
        gap: 0 0.7rem;
        font-variant-numeric: tabular-nums;
      }

      .trouble {
        display: -webkit-box;
        overflow: hidden;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 4;
      }

      [data-health="bad"] .trouble {
        color: var(--d2m-red);
      }

      .menu {
        position: absolute;
        inset: 0.15rem 0.2rem auto auto;
        width: 1.75rem;
        min-height: 1.75rem;
        opacity: 0;
      }

      .menu,
      .menu:hover,
      .menu[aria-expanded="true"] {
        background: var(--d2m-raised) !important;
        box-shadow: 0 0 0 1px var(--d2m-line);
      }

      li:hover .menu,
      .menu:focus-visible,
      .menu[aria-expanded="true"] {
        opacity: 1;
      }

      @media (pointer: coarse) {
        .menu {
          opacity: 1;
          background: none !important;
          box-shadow: none;
        }

        .client {
          padding-inline-end: 2.8rem;
        }
      }
    `]}render(){let e=[...this.model.store.clients.values()].sort((e,t)=>e.name.localeCompare(t.name));return e.length===0?E:w`<section aria-labelledby="clients">
      <h2 id="clients">${i(`facet.client`)}</h2>
      <ul>
        ${An(e,e=>e.client,e=>this.#e(e))}
      </ul>
    </section>`}#e(e){let{model:t}=this,n=Kn(t.store,e),r=t.listing.counts.client.get(e.client)??0;return w`<li>
      <button
        class="client"
        data-client=${e.client}
        data-health=${n}
        aria-pressed=${t.filter.client.has(e.client)?`true`:`false`}
        title=${[e.kind,e.version].filter(Boolean).join(` `)}
        @click=${n=>t.choose(`client`,[e.client],n.ctrlKey||n.metaKey||n.shiftKey)}
      >
        <span class="dot" aria-hidden="true"></span>
        <span class="label">${e.name}</span>
        <span class="count">${V(r)}</span>
        <span class="facts">${this.#t(e,n)}</span>
      </button>
      ${this.#n(e)}
    </li>`}#t(e,t){let{store:n}=this.model;if(t!==`good`)return w`<span class="trouble">${qn(n,e)}</span>`;let r=e.stats,a=r?.free_space??null;return w`<span class="rates"
        ><span>↓ ${z(r?.download_rate??0)}</span><span>↑ ${z(r?.upload_rate??0)}</span></span
      >
      <span>${Jn(n,e)}${a===null?``:` · ${i(`client.free`,{size:R(a)})}`}</span>`}#n(e){let{commands:t}=this.model,n=[...[`pause`,`resume`].filter(n=>t.takes(e.client,n)).map(n=>({label:i(`menu.${n}_all`,{client:e.name}),sign:n,press:()=>void t.runAll(n,[e.client])})),...t.takes(e.client,`poll`)?[{label:i(`menu.poll`),sign:`refresh`,press:()=>void t.ask(e.client,`poll`)}]:[]];return n.length===0?E:w`<button
      class="button icon-only menu"
      aria-label=${i(`menu.of`,{client:e.name})}
      aria-haspopup="menu"
      @click=${e=>Ar(e.currentTarget,n)}
    >
      ${U(`more`)}
    </button>`}};Ur=K([j(`d2m-client-panel`)],Ur);var Wr=8,Gr=class extends q{#e=new Set;static{this.styles=[F,Hr,h`
      :host {
        display: block;
        overflow-y: auto;
        padding: 0.75rem 0.6rem 1.5rem;
        scrollbar-width: thin;
        scrollbar-color: color-mix(in srgb, var(--d2m-muted) 35%, transparent) transparent;
      }
    `]}render(){return w`
      <section aria-labelledby="states">
        <h2 id="states">${i(`facet.state`)}</h2>
        <ul>
          ${this.#t()} ${o.map(e=>this.#n(e))}
        </ul>
      </section>
      <d2m-client-panel .model=${this.model}></d2m-client-panel>
      ${this.#r(`category`)} ${this.#r(`tag`)}
    `}#t(){let{filter:e,listing:t}=this.model,n=qr(t.counts.state.values());return this.#i({label:i(`group.all`),count:n,on:e.state.size===0,sign:`layers`,tone:``,press:()=>this.model.narrow({state:new Set})})}#n(e){let{filter:t,listing:n}=this.model,a=r(e),o=n.counts.state,s=qr(a.map(e=>o.get(e)??0)),c=a.length===1,l=t.state.size===a.length&&a.every(e=>t.state.has(e)),u=c?[]:m.filter(e=>a.includes(e)).filter(e=>(o.get(e)??0)>0||t.state.has(e)&&!l),d={active:`downloading`,waiting:`queued`,done:`completed`,failed:`failed`}[e];return w`${this.#i({label:i(`group.${e}`),count:s,on:l,sign:d,tone:s>0?e:``,press:e=>this.model.choose(`state`,a,e)})}
    ${u.map(e=>this.#i({label:i(`state.${e}`),count:o.get(e)??0,on:t.state.has(e)&&!l,inner:!0,press:t=>this.model.choose(`state`,[e],t&&!l)}))}`}#r(e){let{filter:t,listing:n}=this.model,r=n.counts[e],a=[...new Set([...r.keys(),...t[e]])].filter(e=>e!==``).sort(Kr);if(a.length===0)return E;(r.has(``)||t[e].has(``))&&a.push(``);let o=this.#e.has(e)||a.length<=9,s=o?a:a.filter((n,r)=>r<Wr||t[e].has(n));return w`<section aria-labelledby=${e}>
      <h2 id=${e}>${i(`facet.${e}`)}</h2>
      <ul>
        ${s.map(n=>this.#i({label:n===``?i(`facet.no_${e}`):n,count:r.get(n)??0,on:t[e].has(n),faint:n===``,press:t=>this.model.choose(e,[n],t)}))}
      </ul>
      ${o?E:w`<button class="more" @click=${()=>this.#a(e)}>
              ${i(`facet.more`,{count:a.length-s.length})}
            </button>`}
    </section>`}#i(e){return w`<li>
      <button
        class="option ${e.inner?`inner`:``} ${e.count===0?`none`:``} ${e.faint?`faint`:``}"
        data-tone=${e.tone??``}
        aria-pressed=${e.on?`true`:`false`}
        @click=${t=>e.press(t.ctrlKey||t.metaKey||t.shiftKey)}
      >
        ${e.sign?U(e.sign):E}<span class="label">${e.label}</span
        ><span class="count">${V(e.count)}</span>
      </button>
    </li>`}#a(e){this.#e.add(e),this.requestUpdate()}};Gr=K([j(`d2m-side-bar`)],Gr);var Kr=new Intl.Collator(void 0,{numeric:!0,sensitivity:`base`}).compare;function qr(e){let t=0;for(let n of e)t+=n;return t}var Jr=class extends q{#e=!1;#t={top:0,right:0};static{this.styles=[F,h`
      [popover] {
        position: fixed;
        inset: var(--top) var(--right) auto auto;
        width: 17rem;
        max-height: min(36rem, calc(100dvh - var(--top) - 1rem));
        margin: 0;
        padding: 0.4rem;
        overflow-y: auto;
        border: 1px solid var(--d2m-line);
        border-radius: var(--d2m-radius-large);
        background: var(--d2m-raised);
        color: var(--d2m-ink);
        box-shadow: var(--d2m-shadow);
      }

      li {
        display: flex;
        align-items: center;
        min-height: 2rem;
        border-radius: var(--d2m-radius);
      }

      li:hover {
        background: color-mix(in srgb, var(--d2m-ink) 5%, transparent);
      }

      label {
        display: flex;
        flex: 1;
        align-items: center;
        gap: 0.6rem;
        padding-inline: 0.5rem;
      }

      input {
        accent-color: var(--d2m-accent);
      }

      li .button.icon-only {
        width: 1.7rem;
        min-height: 1.7rem;
      }

      li svg.icon {
        width: 0.95rem;
        height: 0.95rem;
      }

      .reset {
        width: 100%;
        margin-top: 0.3rem;
      }
    `]}render(){let{columns:e}=this.model;return w`
      <button
        class="button icon-only"
        title=${i(`columns.choose`)}
        aria-label=${i(`columns.choose`)}
        aria-expanded=${this.#e?`true`:`false`}
        @click=${this.#r}
      >
        ${U(`columns`)}
      </button>
      <div
        popover="auto"
        role="dialog"
        aria-label=${i(`columns.choose`)}
        ${W({"--top":`${this.#t.top}px`,"--right":`${this.#t.right}px`})}
        @toggle=${e=>{this.#e=e.newState===`open`,this.requestUpdate()}}
      >
        ${this.#e?w`<ul>
                  ${e.all.map(e=>this.#n(e))}
                </ul>
                <button class="button outlined reset" @click=${()=>this.#i(()=>e.reset())}>
                  ${i(`columns.reset`)}
                </button>`:E}
      </div>
    `}#n(e){let{columns:t}=this.model,n=t.shown.includes(e),r=t.shown.indexOf(e),a=i(`column.${e}`),o=n=>w`<button
        class="button icon-only"
        aria-label=${i(n<0?`columns.earlier`:`columns.later`,{column:a})}
        ?disabled=${n<0?r<=1:r===t.shown.length-1}
        @click=${()=>this.#i(()=>t.move(e,n))}
      >
        ${U(n<0?`up`:`down`)}
      </button>`;return w`<li>
      <label
        ><input
          type="checkbox"
          .checked=${n}
          ?disabled=${e===`name`}
          @change=${n=>this.#i(()=>t.show(e,n.target.checked))}
        />${a}</label
      >
      ${n&&e!==`name`?[o(-1),o(1)]:E}
    </li>`}#r=e=>{let{bottom:t,right:n}=e.currentTarget.getBoundingClientRect();this.#t={top:t+4,right:Math.max(8,document.documentElement.clientWidth-n)},this.requestUpdate(),this.updateComplete.then(()=>this.popup.togglePopover())};#i(e){e(),this.model.touch()}};K([P(`[popover]`)],Jr.prototype,`popup`,void 0),Jr=K([j(`d2m-column-menu`)],Jr);var Yr=[`resume`,`pause`,`recheck`,`remove`],Xr=class extends q{constructor(...e){super(...e),this.phone=!1,this.selecting=!1}static{this.styles=[F,h`
      :host {
        display: flex;
        align-items: center;
        gap: 0.25rem 0.5rem;
        min-height: 2.875rem;
        padding: 0.25rem 0.75rem 0.25rem 1rem;
        border-bottom: 1px solid var(--d2m-line);
        background: var(--d2m-surface);
      }

      .count {
        font-weight: 600;
        white-space: nowrap;
        margin-inline-end: 0.5rem;
        font-variant-numeric: tabular-nums;
      }

      .count small {
        font-size: 0.85em;
        font-weight: 400;
        color: var(--d2m-muted);
      }

      .verbs {
        display: flex;
        gap: 0.1rem;
      }

      .chosen {
        display: flex;
        gap: 0.35rem;
        min-width: 0;
        overflow-x: auto;
        scrollbar-width: none;
      }

      .chosen button {
        display: inline-flex;
        align-items: center;
        gap: 0.3rem;
        flex: none;
        max-width: 14rem;
        height: 1.7rem;
        padding: 0 0.4rem 0 0.65rem;
        border-radius: 1rem;
        background: color-mix(in srgb, var(--d2m-accent) 13%, transparent);
        color: var(--d2m-accent);
        font-size: 0.82rem;
      }

      .chosen span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .chosen svg {
        width: 0.85rem;
        height: 0.85rem;
      }

      .end {
        display: flex;
        align-items: center;
        gap: 0.15rem;
        margin-inline-start: auto;
      }

      select {
        max-width: 9rem;
        height: 2.5rem;
        border: 0;
        border-radius: var(--d2m-radius);
        background: none;
        color: var(--d2m-muted);
        font-size: 0.85rem;
      }

      :host([phone]) {
        padding-inline: 0.9rem 0.4rem;
      }

      :host([phone]) .verbs .word {
        display: none;
      }

      :host([phone]) .button {
        min-width: 2.5rem;
        padding-inline: 0.5rem;
      }
    `]}render(){let{selection:e}=this.model;return w`${e.size>0?this.#e():this.#t()}
      <div class="end">
        ${this.phone?this.#o(e.size>0):w`<d2m-column-menu .model=${this.model}></d2m-column-menu>`}
      </div>`}#e(){let{model:e}=this,t=e.selected,n=t.reduce((e,t)=>e+(t.size??0),0);return w`
      <span class="count" role="status"
        >${i(`selection.count`,{count:t.length})}${this.phone?E:w` <small>${R(n)}</small>`}</span
      >
      <div class="verbs" role="toolbar" aria-label=${i(`selection.label`)}>
        ${e.commands.allowed(t.map(e=>e.client))?Yr.map(n=>this.#r(n,e.commands.fitting(n,t).length>0,()=>this.tell(`d2m-verb`,n),i(`verb.${n}`))):E}
        <button
          class="button icon-only"
          title=${i(`selection.clear`)}
          aria-label=${i(`selection.clear`)}
          @click=${()=>this.#s()}
        >
          ${U(`clear`)}
        </button>
      </div>
    `}#t(){let{listing:e,store:t,commands:n,filter:r}=this.model,a=e.rows.length,o=t.downloads.size;return w`
      <span class="count" role="status"
        >${a===o?i(`list.count`,{count:a}):i(`list.count_of`,{shown:a,count:o})}</span
      >
      ${n.allowed(r.client.size>0?r.client:void 0)&&o>0&&!this.phone?w`<div class="verbs" role="toolbar" aria-label=${i(`list.all_label`)}>
              ${this.#n(`resume`)} ${this.#n(`pause`)}
            </div>`:E}
      ${Pt(r)&&!this.phone?this.#i():E}
    `}#n(e){let{listing:t,store:n,commands:r,filter:a}=this.model;if(a.words.length>0||[a.state,a.category,a.tag].some(e=>e.size>0)){let n=r.fitting(e,t.rows);return this.#r(e,n.length>0,()=>void r.run(e,n),i(`verb.${e}_listed`))}let o=[...a.client],s=r.taking(e).filter(e=>o.length===0||o.includes(e)),c=o.map(e=>n.clients.get(e)?.name??e).join(`, `),l=o.length===0?i(`verb.${e}_all`):i(`menu.${e}_all`,{client:c});return this.#r(e,s.length>0,()=>void r.runAll(e,s),l)}#r(e,t,n,r){return w`<button
      class="button ${e===`remove`?`danger`:``}"
      data-verb=${e}
      title=${r}
      aria-label=${r}
      ?disabled=${!t}
      @click=${n}
    >
      ${U(e===`reannounce`?`refresh`:e)}<span class="word">${r}</span>
    </button>`}#i(){let{filter:e}=this.model,t=o.find(t=>{let n=r(t);return n.length===e.state.size&&n.every(t=>e.state.has(t))}),n=(e,t)=>this.model.choose(e,[t],!0),a=(e,t)=>w`<button aria-label=${i(`filter.drop`,{filter:e})} @click=${t}>
        <span>${e}</span>${U(`clear`)}
      </button>`;return w`<div class="chosen">
      ${t?a(i(`group.${t}`),()=>this.model.narrow({state:new Set})):E}
      ${Mt.filter(e=>e!==`state`||!t).map(t=>[...e[t]].map(e=>a(this.#a(t,e),()=>n(t,e))))}
    </div>`}#a(e,t){return e===`state`?i(`state.${t}`):e===`client`?this.model.store.clients.get(t)?.name??t:t===``?i(`facet.no_${e}`):t}#o(e){let{sort:t}=this.model.listing;return e?E:w`
      <select
        aria-label=${i(`sort.label`)}
        .value=${t.by}
        @change=${e=>this.model.sortBy(e.target.value)}
      >
        ${l.map(e=>w`<option value=${e} ?selected=${e===t.by}>${i(`column.${e}`)}</option>`)}
      </select>
      <button
        class="button icon-only"
        aria-label=${i(t.direction>0?`sort.ascending`:`sort.descending`)}
        @click=${()=>this.model.sortBy(t.by)}
      >
        ${U(t.direction>0?`up`:`down`)}
      </button>
      <button
        class="button icon-only"
        aria-label=${i(`selection.mode`)}
        aria-pressed=${this.selecting?`true`:`false`}
        @click=${()=>this.tell(`d2m-selecting`,!this.selecting)}
      >
        ${U(`select`)}
      </button>
    `}#s(){this.model.selection.clear(),this.tell(`d2m-selecting`,!1),this.model.touch()}};K([M({type:Boolean,reflect:!0})],Xr.prototype,`phone`,void 0),K([M({type:Boolean})],Xr.prototype,`selecting`,void 0),Xr=K([j(`d2m-tool-bar`)],Xr);var Zr=704,Qr=class extends Cr{constructor(...e){super(...e),this.phone=!1,this.selecting=!1,this.#e=new ResizeObserver(([e])=>this.#n(e?.contentRect.width??0)),this.#r=()=>{let e=this.renderRoot.querySelector(`input`);e!==null&&(e.value=``),this.model.showEverything()},this.#i=e=>{this.selecting=e.detail,this.selecting||this.model.selection.clear(),this.model.touch()},this.#a=e=>{let t=e.detail,{commands:n,selected:r}=this.model,i=n.fitting(t,r);t===`remove`?this.removing.ask(i):i.length>0&&n.run(t,i)}}#e;static{this.styles=[F,wr,Er,h`
      d2m-tool-bar {
        background: none;
      }
    `]}connectedCallback(){super.connectedCallback(),this.#e.observe(this),this.addEventListener(`d2m-verb`,this.#a),this.addEventListener(`d2m-selecting`,this.#i)}disconnectedCallback(){super.disconnectedCallback(),this.#e.disconnect(),this.removeEventListener(`d2m-verb`,this.#a),this.removeEventListener(`d2m-selecting`,this.#i)}head(){let{store:e}=this.model;return!e.ready||e.downloads.size===0?E:w`<div class="tools" @d2m-filters=${()=>this.filters?.showModal()}>
        <label class="search"
          ><span class="unseen">${i(`search.label`)}</span>${U(`search`)}
          <input
            type="search"
            placeholder=${i(`search.placeholder`)}
            autocomplete="off"
            spellcheck="false"
            @input=${e=>this.model.narrow({words:Ft(e.target.value)})}
            @keydown=${e=>e.stopPropagation()}
          />
        </label>
        <d2m-group-chips .model=${this.model}></d2m-group-chips>
      </div>
      ${this.#t()}`}list(){let{model:e}=this,t=e.selection.size>0||this.selecting,n=Math.min(this.settings.rows,Math.max(1,e.listing.rows.length));return w`<d2m-tool-bar .model=${e} ?phone=${this.phone} .selecting=${t}></d2m-tool-bar> ${e.listing.rows.length>0?w`<d2m-download-grid
              class=${this.phone?`phone`:``}
              .model=${e}
              ?phone=${this.phone}
              ?selecting=${t&&this.phone}
              ${W({"--rows-shown":n})}
            ></d2m-download-grid>`:w`<div class="empty" id="empty">
              <b>${i(`empty.filtered`)}</b><span>${i(`empty.filtered_text`)}</span>
              <button class="button outlined" @click=${this.#r}>${i(`empty.show_all`)}</button>
            </div>`}`}#t(){let e=()=>this.filters?.close();return w`<dialog
      class="filters"
      aria-label=${i(`filter.label`)}
      @click=${t=>t.target===this.filters&&e()}
      @keydown=${e=>e.stopPropagation()}
    >
      <div class="bar">
        ${i(`filter.label`)}
        <button class="button icon-only" aria-label=${i(`filter.close`)} @click=${e}>${U(`clear`)}</button>
      </div>
      <d2m-side-bar .model=${this.model}></d2m-side-bar>
    </dialog>`}#n(e){e>0&&(this.phone=e<Zr)}#r;#i;#a};K([N()],Qr.prototype,`phone`,void 0),K([N()],Qr.prototype,`selecting`,void 0),K([P(`dialog.filters`)],Qr.prototype,`filters`,void 0),Qr=K([j(`d2m-card-full`)],Qr);var $r=1.15,ei=1,ti=[`name`,`state`,`progress`,`size`,`download_rate`,`eta`,`client`],$=class extends A{constructor(...e){super(...e),this.dark=!1,this.spoken=!1,this.#n=``,this.#r=``}#e;#t;#n;#r;static{this.styles=[F,_n]}static getConfigForm(){return un()}static getStubConfig(){return{view:`compact`}}set hass(e){let t=this.#t?.connection!==e.connection;this.#t=e,this.dark=e.themes?.darkMode??!1;let n=p(e);n.join()!==this.#n&&(this.#n=n.join(),this.#a(n)),t&&this.#i()}setConfig(t){let n=e(t),{entry:r,clients:i,states:a,categories:o,actions:s}=n,c=JSON.stringify([r,i,[...a??[0]],[...o??[0]],s]);this.settings=n,c===this.#r?this.model!==void 0&&this.model.sortBy(n.sort.by,n.sort.direction):(this.#r=c,this.#i())}getCardSize(){let e=this.settings?.rows??1;return ei+Math.ceil(e*(this.settings?.view===`full`?1:$r))}getGridOptions(){return this.settings?.view===`full`?{columns:`full`,rows:8,min_columns:6,min_rows:4}:{columns:12,min_columns:6,min_rows:2}}connectedCallback(){super.connectedCallback(),this.model===void 0?this.#i():this.model.start()}disconnectedCallback(){super.disconnectedCallback(),this.model?.stop()}render(){let{model:e,settings:t}=this;if(!this.spoken||e===void 0||t===void 0)return E;let n=()=>this.#e?.problem??null;return w`<ha-card @d2m-more-info=${e=>this.#o(e.detail)}
      >${t.view===`full`?w`<d2m-card-full .model=${e} .settings=${t} .problem=${n}></d2m-card-full>`:w`<d2m-card-compact .model=${e} .settings=${t} .problem=${n}></d2m-card-compact>`}</ha-card
    >`}#i(){let e=this.settings;this.isConnected&&this.model?.stop(),this.model=void 0,this.#t!==void 0&&e!==void 0&&this.isConnected&&(this.#e=new lt(this.#t.connection,{...e.entry===void 0?{}:{entry:e.entry},...e.clients===void 0?{}:{clients:e.clients}}),this.model=new on(new hn(this.#e,e),ni(e)),this.model.start())}async#a(e){await s(e),this.spoken=!0,this.requestUpdate(),this.model?.touch()}#o(e){let t=this.#t&&c(this.#t,e,this.settings?.entry);t!==void 0&&this.dispatchEvent(new CustomEvent(`hass-more-info`,{detail:{entityId:t},bubbles:!0,composed:!0}))}};K([M({type:Boolean,reflect:!0})],$.prototype,`dark`,void 0),K([N()],$.prototype,`spoken`,void 0),K([N()],$.prototype,`settings`,void 0),K([N()],$.prototype,`model`,void 0),$=K([j(d)],$);function ni(e){return{read:t=>t===`sort`?e.sort:mt.read(`card.${t}`)??(t===`columns`?ti:void 0),write:(e,t)=>{e!==`sort`&&mt.write(`card.${e}`,t)}}}export{$ as DownloadsCard};