using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Trainers.FastTree;

namespace MlOps.MicrosoftML;

/// <summary>One tree of an ensemble as an array of nodes, its leaves multiplied by its weight.</summary>
/// <remarks>
/// All rows go down together: each node and each leaf has the set of the rows that reach it, one bit a row. Walking row by row mispredicts at
/// every other node and takes ten times as long.
/// </remarks>
internal sealed class ReplayTree
{
    private readonly Node[] _nodes;
    private readonly double[] _leaves;

    /// <param name="tree">The tree; it splits on numbers alone.</param>
    /// <param name="weight">Its weight in the ensemble.</param>
    /// <param name="features">Positions in the feature vector, ascending: the columns of the rows that the tree will see.</param>
    public ReplayTree(RegressionTree tree, double weight, int[] features)
    {
        var (left, right) = (tree.LeftChild, tree.RightChild);
        var (split, threshold) = (tree.NumericalSplitFeatureIndexes, tree.NumericalSplitThresholds);
        _nodes = new Node[tree.NumberOfNodes];
        _leaves = [.. tree.LeafValues.Select(value => weight * value)];
        var open = new Stack<int>(_nodes.Length == 0 ? [] : [0]);
        for (var at = 0; open.TryPop(out var node); at++)
        {
            _nodes[at] = new Node(node, Array.BinarySearch(features, split[node]), threshold[node], Set(left[node]), Set(right[node]));
            foreach (var child in (ReadOnlySpan<int>)[left[node], right[node]])
            {
                if (child >= 0)
                {
                    open.Push(child);
                }
            }
        }
    }

    /// <summary>How many sets of rows <see cref="AddTo"/> needs: the nodes' and behind them the leaves'.</summary>
    public int Sets => _nodes.Length + _leaves.Length;

    /// <summary>Adds the tree's answer to the score of every row.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="scores">One score a row.</param>
    /// <param name="sets">Scratch: <see cref="ReplayRows.Words"/> words for each of <see cref="Sets"/>.</param>
    public void AddTo(ReplayRows rows, Span<double> scores, Span<ulong> sets)
    {
        var words = rows.Words;
        rows.FillAll(sets[..words]);
        foreach (var node in _nodes)
        {
            Part(
                rows.Column(node.Column),
                node.Threshold,
                sets.Slice(node.Set * words, words),
                sets.Slice(node.Left * words, words),
                sets.Slice(node.Right * words, words));
        }

        for (var leaf = 0; leaf < _leaves.Length; leaf++)
        {
            Add(_leaves[leaf], sets.Slice((_nodes.Length + leaf) * words, words), scores);
        }
    }

    // A program that trains once calls this too few times for the runtime to optimise it by itself.
    // A missing value is not below the threshold: it goes right, as in ML.NET.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Part(ReadOnlySpan<float> values, float threshold, ReadOnlySpan<ulong> all, Span<ulong> left, Span<ulong> right)
    {
        var limit = Vector256.Create(threshold);
        for (var word = 0; word < all.Length; word++)
        {
            var below = 0UL;
            var block = values.Slice(word * ReplayRows.RowsPerWord, ReplayRows.RowsPerWord);
            for (var lane = 0; lane < ReplayRows.RowsPerWord; lane += Vector256<float>.Count)
            {
                below |= (ulong)Vector256.LessThanOrEqual(Vector256.Create(block[lane..]), limit).ExtractMostSignificantBits() << lane;
            }

            left[word] = all[word] & below;
            right[word] = all[word] & ~below;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(double value, ReadOnlySpan<ulong> set, Span<double> scores)
    {
        for (var word = 0; word < set.Length; word++)
        {
            for (var bits = set[word]; bits != 0; bits &= bits - 1)
            {
                scores[(word * ReplayRows.RowsPerWord) + BitOperations.TrailingZeroCount(bits)] += value;
            }
        }
    }

    // ML.NET counts the leaves ~0, ~1 and so on.
    private int Set(int child) => child >= 0 ? child : _nodes.Length + ~child;

    // Parents stand before their children.
    private readonly record struct Node(int Set, int Column, float Threshold, int Left, int Right);
}
