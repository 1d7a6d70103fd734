namespace MlOps.Statistics.Tests.Multivariate;

public sealed class SymmetricKernelTests
{
    [Fact]
    public void Eigenvectors_are_orthonormal_and_rebuild_the_matrix_for_every_size_and_rank()
    {
        var draws = new Draws(31);
        foreach (var size in Enumerable.Range(1, 40).Append(100).Append(131))
        {
            foreach (var rank in new[] { 0, 1, (size + 1) / 2, size })
            {
                var matrix = Gram(draws, size, rank);
                var (values, vectors) = SymmetricEigen.Of([.. matrix], size);
                var scale = Math.Max(1, values[0]);
                for (var i = 0; i < size; i++)
                {
                    Assert.True(i == 0 || values[i] <= values[i - 1]);
                    for (var j = 0; j < size; j++)
                    {
                        Assert.Equal(
                            i == j ? 1 : 0, Enumerable.Range(0, size).Sum(k => vectors[(i * size) + k] * vectors[(j * size) + k]), 1e-12);
                        Assert.Equal(
                            matrix[(i * size) + j] / scale,
                            Enumerable.Range(0, size).Sum(k => values[k] / scale * vectors[(k * size) + i] * vectors[(k * size) + j]),
                            1e-13);
                    }
                }
            }
        }
    }

    [Fact]
    public void Diagonal_and_repeated_eigenvalues_are_found()
    {
        Assert.Equal([3.0, 2.0, 1.0, 0.0], SymmetricEigen.Of([1, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2], 4).Values);
        double[] ones = [.. Enumerable.Repeat(1.0, 36)];
        var (values, _) = SymmetricEigen.Of(ones, 6);
        Assert.Equal(6, values[0], 1e-14);
        Assert.All(values[1..], value => Assert.Equal(0, value, 1e-14));
    }

    [Fact]
    public void Sums_of_products_are_those_of_a_plain_loop_for_every_number_of_columns()
    {
        var draws = new Draws(32);
        for (var columns = 1; columns <= 20; columns++)
        {
            var width = SymmetricSum.Padded(columns);
            var sums = new SymmetricSum(width);
            double[] x = draws.Normals(width * 64), y = draws.Normals(width * 64);
            sums.Add(x, y, 64);
            sums.Add(y, y, 64);
            var found = new double[columns * columns];
            sums.CopyLower(found, columns);
            for (var i = 0; i < columns; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    var expected = Enumerable.Range(0, 64).Sum(r => (x[(i * 64) + r] + y[(i * 64) + r]) * y[(j * 64) + r]);
                    Assert.Equal(expected, found[(i * columns) + j], 1e-12);
                }
            }
        }
    }

    private static double[] Gram(Draws draws, int size, int rank)
    {
        var rows = draws.Normals(size * rank);
        return [.. Enumerable.Range(0, size * size).Select(cell => Enumerable.Range(0, rank)
            .Sum(k => rows[(cell / size * rank) + k] * rows[(cell % size * rank) + k]))];
    }
}
