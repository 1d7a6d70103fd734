using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlOps.Statistics;

/// <summary>The kernel's sum within the first sample, for the observed and for many permuted assignments at once.</summary>
/// <remarks>
/// With K the kernel matrix less its diagonal and A a matrix of zeros and ones, one column an assignment, the sums wanted are the diagonal
/// of AᵀKA. K is made tile by tile below its diagonal and each tile multiplied at once, so that it is never stored.
/// </remarks>
internal static class PermutedSums
{
    private const int Tile = 256;
    private const int RowBlock = 32;

    /// <summary>The assignments held side by side: their values for one row fill three vectors.</summary>
    public static int PanelWidth => 3 * Vector<double>.Count;

    /// <summary>Where the value of an assignment for a row stands: panels one after the other, each row by row.</summary>
    public static int Position(GaussianKernel kernel, int row, int assignment) =>
        (((assignment / PanelWidth * kernel.Stride) + row) * PanelWidth) + (assignment % PanelWidth);

    /// <summary>
    /// Gives Σ K over ordered pairs within the chosen rows for every assignment, and each row's sum of K over all other rows.
    /// </summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="assignments">
    /// A number (0 or 1) for each row, up to the kernel's stride, and assignment, up to whole panels; see <see cref="Position"/>.
    /// </param>
    public static (double[] Within, double[] RowSums) Of(GaussianKernel kernel, double[] assignments)
    {
        var width = PanelWidth;
        var panels = assignments.Length / (kernel.Stride * width);
        var within = new double[panels * width];
        var rowSums = new double[kernel.Stride];
        var block = new double[4 * Tile];
        var products = new double[RowBlock * panels * width];
        for (var first = 0; first < kernel.Rows; first += RowBlock)
        {
            Array.Clear(products);
            var last = Math.Min(first + RowBlock, kernel.Rows);
            for (var start = 0; start < last; start += Tile)
            {
                for (var row = first; row < last; row += 4)
                {
                    var lanes = Vector<double>.Count;
                    var end = Math.Min(start + Tile, (Math.Min(row + 4, last) + lanes - 1) / lanes * lanes);
                    if (end > start)
                    {
                        kernel.FourRows(row, start, end, block);
                        KeepBelowDiagonal(block, end - start, row, start, kernel.Rows, rowSums);
                        for (var panel = 0; panel < panels; panel++)
                        {
                            Multiply(
                                block,
                                end - start,
                                ref assignments[((panel * kernel.Stride) + start) * width],
                                ref products[((panel * RowBlock) + row - first) * width]);
                        }
                    }
                }
            }

            for (var panel = 0; panel < panels; panel++)
            {
                for (var row = first; row < last; row++)
                {
                    var own = assignments.AsSpan(((panel * kernel.Stride) + row) * width, width);
                    var product = products.AsSpan(((panel * RowBlock) + row - first) * width, width);
                    for (var p = 0; p < width; p++)
                    {
                        within[(panel * width) + p] += 2 * own[p] * product[p];
                    }
                }
            }
        }

        return (within, rowSums);
    }

    private static void KeepBelowDiagonal(Span<double> block, int width, int row, int start, int rows, double[] rowSums)
    {
        for (var r = 0; r < 4; r++)
        {
            var values = block.Slice(r * width, width);
            var kept = row + r < rows ? Math.Clamp(row + r - start, 0, width) : 0;
            values[kept..].Clear();
            if (kept > 0)
            {
                rowSums[row + r] += TensorPrimitives.Sum(values[..kept]);
                var others = rowSums.AsSpan(start, kept);
                TensorPrimitives.Add(others, values[..kept], others);
            }
        }
    }

    /// <summary>Adds block (4 × width) times a panel's rows to the products of four rows.</summary>
    private static void Multiply(double[] block, int width, ref double panel, ref double products)
    {
        var lanes = Vector<double>.Count;
        ref var k = ref MemoryMarshal.GetArrayDataReference(block);
        Vector<double> s00 = default, s01 = default, s02 = default, s10 = default, s11 = default, s12 = default;
        Vector<double> s20 = default, s21 = default, s22 = default, s30 = default, s31 = default, s32 = default;
        for (var j = 0; j < width; j++)
        {
            ref var from = ref Unsafe.Add(ref panel, j * 3 * lanes);
            var a0 = Vector.LoadUnsafe(ref from);
            var a1 = Vector.LoadUnsafe(ref from, (nuint)lanes);
            var a2 = Vector.LoadUnsafe(ref from, (nuint)(2 * lanes));
            var k0 = new Vector<double>(Unsafe.Add(ref k, j));
            s00 = Vector.FusedMultiplyAdd(k0, a0, s00);
            s01 = Vector.FusedMultiplyAdd(k0, a1, s01);
            s02 = Vector.FusedMultiplyAdd(k0, a2, s02);
            var k1 = new Vector<double>(Unsafe.Add(ref k, width + j));
            s10 = Vector.FusedMultiplyAdd(k1, a0, s10);
            s11 = Vector.FusedMultiplyAdd(k1, a1, s11);
            s12 = Vector.FusedMultiplyAdd(k1, a2, s12);
            var k2 = new Vector<double>(Unsafe.Add(ref k, (2 * width) + j));
            s20 = Vector.FusedMultiplyAdd(k2, a0, s20);
            s21 = Vector.FusedMultiplyAdd(k2, a1, s21);
            s22 = Vector.FusedMultiplyAdd(k2, a2, s22);
            var k3 = new Vector<double>(Unsafe.Add(ref k, (3 * width) + j));
            s30 = Vector.FusedMultiplyAdd(k3, a0, s30);
            s31 = Vector.FusedMultiplyAdd(k3, a1, s31);
            s32 = Vector.FusedMultiplyAdd(k3, a2, s32);
        }

        Add(ref products, s00, s01, s02);
        Add(ref Unsafe.Add(ref products, 3 * lanes), s10, s11, s12);
        Add(ref Unsafe.Add(ref products, 6 * lanes), s20, s21, s22);
        Add(ref Unsafe.Add(ref products, 9 * lanes), s30, s31, s32);
    }

    private static void Add(ref double to, Vector<double> first, Vector<double> second, Vector<double> third)
    {
        var lanes = Vector<double>.Count;
        (Vector.LoadUnsafe(ref to) + first).StoreUnsafe(ref to);
        (Vector.LoadUnsafe(ref to, (nuint)lanes) + second).StoreUnsafe(ref to, (nuint)lanes);
        (Vector.LoadUnsafe(ref to, (nuint)(2 * lanes)) + third).StoreUnsafe(ref to, (nuint)(2 * lanes));
    }
}
