/** A JSON decoder in Lua 5.1: `require("json").decode(text)`. `null` becomes nil; a text that is not JSON is an error. */
export const jsonLibrary = `local json = {}

local escapes = { b = "\\b", f = "\\f", n = "\\n", r = "\\r", t = "\\t", ['"'] = '"', ["\\\\"] = "\\\\", ["/"] = "/" }
local constants = { ["true"] = true, ["false"] = false }

local function fail(position)
  error("not JSON at character " .. position, 0)
end

local function skip(text, position)
  return text:find("[^ \\t\\r\\n]", position) or #text + 1
end

local function utf8(code)
  if code < 0x80 then return string.char(code) end
  if code < 0x800 then return string.char(0xC0 + math.floor(code / 0x40), 0x80 + code % 0x40) end
  return string.char(0xE0 + math.floor(code / 0x1000), 0x80 + math.floor(code / 0x40) % 0x40, 0x80 + code % 0x40)
end

local function read_string(text, position)
  local parts = {}
  position = position + 1
  while true do
    local stop = text:find('["\\\\]', position) or fail(position)
    parts[#parts + 1] = text:sub(position, stop - 1)
    if text:sub(stop, stop) == '"' then return table.concat(parts), stop + 1 end
    local escape = text:sub(stop + 1, stop + 1)
    if escape == "u" then
      local digits = text:match("^%x%x%x%x", stop + 2) or fail(stop)
      parts[#parts + 1] = utf8(tonumber(digits, 16))
      position = stop + 6
    else
      parts[#parts + 1] = escapes[escape] or fail(stop)
      position = stop + 2
    end
  end
end

local read

local function read_list(text, position)
  local list, length = {}, 0
  position = skip(text, position + 1)
  if text:sub(position, position) == "]" then return list, position + 1 end
  while true do
    length = length + 1
    list[length], position = read(text, position)
    position = skip(text, position)
    local mark = text:sub(position, position)
    if mark == "]" then return list, position + 1 end
    if mark ~= "," then fail(position) end
    position = position + 1
  end
end

local function read_object(text, position)
  local object = {}
  position = skip(text, position + 1)
  if text:sub(position, position) == "}" then return object, position + 1 end
  while true do
    position = skip(text, position)
    if text:sub(position, position) ~= '"' then fail(position) end
    local key
    key, position = read_string(text, position)
    position = skip(text, position)
    if text:sub(position, position) ~= ":" then fail(position) end
    object[key], position = read(text, position + 1)
    position = skip(text, position)
    local mark = text:sub(position, position)
    if mark == "}" then return object, position + 1 end
    if mark ~= "," then fail(position) end
    position = position + 1
  end
end

function read(text, position)
  position = skip(text, position)
  local mark = text:sub(position, position)
  if mark == '"' then return read_string(text, position) end
  if mark == "{" then return read_object(text, position) end
  if mark == "[" then return read_list(text, position) end
  local word = text:match("^%a+", position)
  if word == "null" then return nil, position + 4 end
  if constants[word] ~= nil then return constants[word], position + #word end
  local number = text:match("^-?%d+%.?%d*[eE]?[+-]?%d*", position) or fail(position)
  return tonumber(number) or fail(position), position + #number
end

function json.decode(text)
  local value, position = read(text, 1)
  if skip(text, position) <= #text then fail(position) end
  return value
end

return json
`;
