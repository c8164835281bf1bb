/** Nodes as sigma draws them here: discs, squares for topics, with a rim in the colour of the ground. */

import { NodeProgram, type ProgramInfo } from "sigma/rendering";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import type { EdgeAttributes, NodeAttributes } from "./network";

export interface NodeLook {
  square: number; // 1 for a square
  rim: string; // colour of the rim
}

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec4 a_rim;
attribute vec2 a_position;
attribute vec2 a_look; // radius, square
attribute vec2 a_corner;

uniform mat3 u_matrix;
uniform vec2 u_size;
uniform float u_sizeRatio;

varying vec4 v_color;
varying vec4 v_rim;
varying vec2 v_place; // pixels from the centre
varying vec2 v_look;

void main() {
  float radius = a_look.x / u_sizeRatio;
  vec2 place = a_corner * (radius + 1.5);
  vec2 centre = (u_matrix * vec3(a_position, 1.0)).xy;
  gl_Position = vec4(centre + place / (u_size * 0.5), 0.0, 1.0);
  v_place = place;
  v_look = vec2(radius, a_look.y);
  v_rim = a_rim;
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
varying vec4 v_rim;
varying vec2 v_place;
varying vec2 v_look;
uniform float u_pixelRatio;

void main(void) {
  float side = v_look.x * 0.88;
  vec2 out_ = abs(v_place) - vec2(side - 2.0);
  float square = length(max(out_, 0.0)) + min(max(out_.x, out_.y), 0.0) - 2.0;
  float dist = v_look.y > 0.5 ? square : length(v_place) - v_look.x;
  #ifdef PICKING_MODE
  if (dist > 1.0) discard;
  gl_FragColor = v_color;
  #else
  float feather = 0.7 / u_pixelRatio;
  float cover = 1.0 - smoothstep(-feather, feather, dist);
  float rim = smoothstep(-feather, feather, dist + min(1.6, v_look.x * 0.25));
  vec4 color = mix(v_color, v_rim, rim);
  gl_FragColor = vec4(color.rgb, 1.0) * (color.a * cover);
  #endif
}`;

const UNIFORMS = ["u_matrix", "u_size", "u_sizeRatio", "u_pixelRatio"] as const;
const { FLOAT, UNSIGNED_BYTE } = { FLOAT: 5126, UNSIGNED_BYTE: 5121 };

export class ShapeProgram extends NodeProgram<(typeof UNIFORMS)[number], NodeAttributes, EdgeAttributes> {
  getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: 4 as const, // TRIANGLES
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_look", size: 2, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_rim", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
      CONSTANT_DATA: [
        [-1, -1],
        [1, -1],
        [-1, 1],
        [-1, 1],
        [1, -1],
        [1, 1],
      ],
    };
  }

  override processVisibleItem(id: number, at: number, data: NodeDisplayData): void {
    const look = data as NodeDisplayData & Partial<NodeLook>;
    const rim = floatColor(look.rim ?? "#ffffff");
    this.array.set([data.x, data.y, data.size, look.square ?? 0, floatColor(data.color), rim, id], at);
  }

  override setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    gl.uniformMatrix3fv(uniformLocations.u_matrix!, false, params.matrix);
    gl.uniform2f(uniformLocations.u_size!, params.width, params.height);
    gl.uniform1f(uniformLocations.u_sizeRatio!, params.sizeRatio);
    gl.uniform1f(uniformLocations.u_pixelRatio!, params.pixelRatio);
  }
}
