/** Edges as sigma draws them here: a line that may be dashed, set aside from its parallels, with a head at its target.
 *
 * One quad an edge; everything is measured in pixels of the screen, so dashes and heads keep their size when zooming.
 */

import { EdgeProgram, type ProgramInfo } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import type { EdgeAttributes, NodeAttributes } from "./network";

export interface EdgeLook {
  dash: number; // 1 for dashed
  offset: number; // pixels to the side
}

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_start;
attribute vec2 a_end;
attribute vec4 a_look; // thickness, offset, 1 if dashed, radius of the target
attribute float a_along;
attribute float a_side;

uniform mat3 u_matrix;
uniform vec2 u_size;
uniform float u_sizeRatio;

varying vec4 v_color;
varying vec2 v_place; // pixels along the edge and across it
varying vec3 v_line; // length, thickness, dash

void main() {
  vec2 start = (u_matrix * vec3(a_start, 1.0)).xy * u_size * 0.5;
  vec2 end = (u_matrix * vec3(a_end, 1.0)).xy * u_size * 0.5;
  vec2 between = end - start;
  float span = length(between);
  vec2 along = span > 0.001 ? between / span : vec2(1.0, 0.0);
  vec2 across = vec2(-along.y, along.x);
  float thickness = max(a_look.x / u_sizeRatio, 1.0);
  float reach = thickness * 0.5 + 5.0;
  float tip = max(span - a_look.w / u_sizeRatio, 0.0);
  vec2 place = start + along * (a_along * tip) + across * (a_look.y + a_side * reach);
  gl_Position = vec4(place / (u_size * 0.5), 0.0, 1.0);
  v_place = vec2(a_along * tip, a_side * reach);
  v_line = vec3(tip, thickness, a_look.z);
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`;

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec2 v_place;
varying vec3 v_line;
uniform float u_pixelRatio;

void main(void) {
  float left = v_line.x - v_place.x;
  float across = abs(v_place.y);
  float halfWidth = v_line.y * 0.5;
  float head = 5.0 + v_line.y * 1.4;
  float headWidth = left < head && v_line.x > head * 1.5 ? (left / head) * (2.2 + v_line.y) : 0.0;
  #ifdef PICKING_MODE
  if (across > max(halfWidth + 2.0, headWidth)) discard;
  gl_FragColor = v_color;
  #else
  float feather = 0.7 / u_pixelRatio;
  float width = max(left < 3.0 ? min(halfWidth, headWidth) : halfWidth, headWidth);
  float cover = 1.0 - smoothstep(width - feather, width + feather, across);
  if (v_line.z > 0.5 && headWidth <= halfWidth) {
    float phase = mod(v_place.x, 9.0);
    cover *= 1.0 - smoothstep(5.0 - feather, 5.0 + feather, phase) * (1.0 - smoothstep(9.0 - feather, 9.0, phase));
  }
  float alpha = v_color.a * cover;
  gl_FragColor = vec4(v_color.rgb * alpha, alpha); // sigma blends premultiplied colours
  #endif
}`;

const UNIFORMS = ["u_matrix", "u_size", "u_sizeRatio", "u_pixelRatio"] as const;
const { FLOAT, UNSIGNED_BYTE } = { FLOAT: 5126, UNSIGNED_BYTE: 5121 };

export class LineProgram extends EdgeProgram<(typeof UNIFORMS)[number], NodeAttributes, EdgeAttributes> {
  getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: 4 as const, // TRIANGLES
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_start", size: 2, type: FLOAT },
        { name: "a_end", size: 2, type: FLOAT },
        { name: "a_look", size: 4, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [
        { name: "a_along", size: 1, type: FLOAT },
        { name: "a_side", size: 1, type: FLOAT },
      ],
      CONSTANT_DATA: [
        [0, 1],
        [0, -1],
        [1, 1],
        [1, 1],
        [0, -1],
        [1, -1],
      ],
    };
  }

  override processVisibleItem(
    id: number,
    at: number,
    source: NodeDisplayData,
    target: NodeDisplayData,
    data: EdgeDisplayData,
  ): void {
    const look = data as EdgeDisplayData & Partial<EdgeLook>;
    const values = [
      source.x,
      source.y,
      target.x,
      target.y,
      data.size || 1,
      look.offset ?? 0,
      look.dash ?? 0,
      target.size,
      floatColor(data.color),
      id,
    ];
    this.array.set(values, at);
  }

  override setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    gl.uniformMatrix3fv(uniformLocations.u_matrix!, false, params.matrix);
    gl.uniform2f(uniformLocations.u_size!, params.width, params.height);
    gl.uniform1f(uniformLocations.u_sizeRatio!, params.sizeRatio);
    gl.uniform1f(uniformLocations.u_pixelRatio!, params.pixelRatio);
  }
}
