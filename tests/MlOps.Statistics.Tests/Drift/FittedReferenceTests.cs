namespace MlOps.Statistics.Tests.Drift;

public sealed class FittedReferenceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(20_000)]
    public void A_numeric_reference_survives_a_round_trip(int count)
    {
        double[] values = [double.NaN, .. new Draws(1).Normals(count)];
        var reference = FittedReference.FitNumeric(values);
        var again = FittedReference.Read(reference.ToArray());

        Assert.Equal(DriftColumnKind.Numeric, again.Kind);
        Assert.Equal(count, again.Count);
        Assert.Equal(1, again.MissingCount);
        Assert.Equal(reference.MaximumStatisticError, again.MaximumStatisticError);
        Assert.Equal(reference.ToArray(), again.ToArray());
    }

    [Fact]
    public void A_categorical_reference_survives_a_round_trip_by_name_and_by_hash()
    {
        string?[] values = ["a", null, "b", "", "ü\ud800", "a"];
        foreach (var limit in new[] { 2, 1000 })
        {
            var reference = FittedReference.FitCategorical(values, new FittedReferenceOptions { MaximumCategories = limit });
            var again = FittedReference.Read(reference.ToArray());
            Assert.Equal(5, again.Count);
            Assert.Equal(1, again.MissingCount);
            Assert.Equal(reference.ToArray(), again.ToArray());
        }
    }

    [Fact]
    public void Damaged_bytes_give_a_format_exception_and_nothing_else()
    {
        var draws = new Draws(2);
        var numeric = FittedReference.FitNumeric(draws.Normals(500));
        var categorical = FittedReference.FitCategorical(["a", "b", null, "a"]);
        var sample = categorical.StartSample();
        sample.Add("new");
        var baseline = new FittedBaseline([new("n", numeric), new("c", categorical)]);
        (byte[] Bytes, Action<byte[]> Read)[] cases =
        [
            (numeric.ToArray(), bytes => FittedReference.Read(bytes)),
            (categorical.ToArray(), bytes => FittedReference.Read(bytes)),
            (sample.ToArray(), bytes => CurrentSample.Read(categorical, bytes)),
            (baseline.ToArray(), bytes => FittedBaseline.Read(bytes)),
        ];
        foreach (var (bytes, read) in cases)
        {
            read(bytes);
            for (var trial = 0; trial < 500; trial++)
            {
                var damaged = bytes.ToArray();
                damaged[draws.Below(damaged.Length)] ^= (byte)(1 << draws.Below(8));
                Assert.Throws<FormatException>(() => read(damaged));
                Assert.Throws<FormatException>(() => read(bytes[..draws.Below(bytes.Length)]));
            }

            bytes[4] = 2;
            var newer = Assert.Throws<FormatException>(() => read(bytes));
            Assert.Contains("version 2", newer.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_distance_over_cells_is_exact_for_few_values_and_within_its_stated_error_for_many()
    {
        var draws = new Draws(3);
        for (var trial = 0; trial < 60; trial++)
        {
            var few = trial % 2 == 0;
            var x = draws.Normals(200 + draws.Below(6000));
            var y = draws.Normals(100 + draws.Below(3000), draws.Uniform() / 2);
            if (few)
            {
                x = [.. x.Select(v => Math.Round(v * 20))];
                y = [.. y.Select(v => Math.Round(v * 20) + (draws.Below(2) * 0.5))];
            }

            var reference = FittedReference.FitNumeric(x);
            var sample = reference.StartSample();
            sample.Add(y);
            var exact = KolmogorovSmirnov.Test(x, y).Statistic;
            var found = sample.Compare().Statistic;
            if (few)
            {
                Assert.Equal(0, reference.MaximumStatisticError);
                Assert.Equal(exact, found, 1e-12);
            }
            else
            {
                Assert.InRange(reference.MaximumStatisticError, 0, 0.012);
                Assert.InRange(found, exact - reference.MaximumStatisticError - 1e-12, exact + 1e-12);
            }
        }
    }

    [Fact]
    public void Merging_parts_in_any_order_gives_the_bytes_of_the_whole()
    {
        var draws = new Draws(4);
        var reference = FittedReference.FitCategorical(["a", "b", "c", null]);
        var values = Enumerable.Range(0, 20_000).Select(_ => draws.Below(20) == 0 ? null : "n" + draws.Below(9000)).ToArray();
        var whole = reference.StartSample();
        var parts = Enumerable.Range(0, 5).Select(_ => reference.StartSample()).ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            whole.Add(values[i]);
            parts[i % 5].Add(values[i]);
        }

        foreach (int[] order in new int[][] { [0, 1, 2, 3, 4], [4, 2, 0, 3, 1] })
        {
            var merged = reference.StartSample();
            foreach (var i in order)
            {
                merged.Merge(CurrentSample.Read(reference, parts[i].ToArray()));
            }

            Assert.Equal(whole.ToArray(), merged.ToArray());
        }
    }

    [Fact]
    public void A_sample_of_another_reference_is_refused()
    {
        var first = FittedReference.FitNumeric([1, 2, 3]);
        var second = FittedReference.FitNumeric([1, 2, 4]);
        Assert.Throws<FormatException>(() => CurrentSample.Read(second, first.StartSample().ToArray()));
        Assert.Throws<ArgumentException>(() => first.StartSample().Merge(second.StartSample()));
        Assert.Throws<InvalidOperationException>(() => first.StartSample().Add("a"));
    }
}
