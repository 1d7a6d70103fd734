using System.Reflection;

namespace MlOps.Pipelines.Code;

/// <summary>The methods of one assembly in the order in which they were first reached.</summary>
internal sealed class ReachedMethods(Assembly assembly)
{
    private readonly Dictionary<(Module, int), int> _indexes = [];
    private readonly List<MethodBase> _methods = [];

    public int Count => _methods.Count;

    public MethodBase this[int index] => _methods[index];

    /// <summary>The method's number; negative for another assembly's.</summary>
    public int Add(MethodBase method)
    {
        if (method.Module.Assembly != assembly)
        {
            return -1;
        }

        var key = (method.Module, method.MetadataToken);
        if (!_indexes.TryGetValue(key, out var index))
        {
            index = _methods.Count;
            _indexes.Add(key, index);
            _methods.Add(method);
        }

        return index;
    }
}
