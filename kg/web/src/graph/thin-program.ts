/** Edges of a large graph: lines one pixel wide, the least a machine without a graphics card can be asked to draw. */

import { EdgeProgram, type ProgramInfo } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import type { EdgeAttributes, NodeAttributes } from "./network";

const VERTEX = /* glsl */ `
attribute vec4 a_color;
attribute vec2 a_position;
uniform mat3 u_matrix;
varying vec4 v_color;

void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1.0)).xy, 0.0, 1.0);
  v_color = vec4(a_color.rgb * a_color.a, a_color.a); // sigma blends premultiplied colours
}`;

const FRAGMENT = /* glsl */ `
precision mediump float;
varying vec4 v_color;

void main(void) {
  gl_FragColor = v_color;
}`;

const UNIFORMS = ["u_matrix"] as const;

export class ThinProgram extends EdgeProgram<(typeof UNIFORMS)[number], NodeAttributes, EdgeAttributes> {
  getDefinition() {
    return {
      VERTICES: 2,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: 1 as const, // LINES
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: 5126 }, // FLOAT
        { name: "a_color", size: 4, type: 5121, normalized: true }, // UNSIGNED_BYTE
      ],
    };
  }

  /** Nobody can hit one line among thousands: they are not drawn a second time to be found under the pointer. */
  override render(params: RenderParams): void {
    const pick = this.pickProgram;
    this.pickProgram = null;
    super.render(params);
    this.pickProgram = pick;
  }

  override processVisibleItem(
    _id: number,
    at: number,
    source: NodeDisplayData,
    target: NodeDisplayData,
    data: EdgeDisplayData,
  ): void {
    const colour = floatColor(data.color);
    this.array.set([source.x, source.y, colour, target.x, target.y, colour], at);
  }

  override setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    gl.uniformMatrix3fv(uniformLocations.u_matrix!, false, params.matrix);
  }
}
