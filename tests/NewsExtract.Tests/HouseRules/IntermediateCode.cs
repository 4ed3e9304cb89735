using System.Reflection;
using System.Reflection.Emit;

namespace NewsExtract.Tests.HouseRules;

/// <summary>Which types a type uses: in its base, its members' shapes, its local variables and the instructions of its methods.</summary>
internal static class IntermediateCode
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    // One-byte instructions by their value; two-byte ones (0xFE in front) by 0x100 and theirs.
    private static readonly OpCode[] OpCodeOf = ReadOpCodes();

    public static HashSet<Type> TypesUsedBy(Type type)
    {
        var used = new HashSet<Type>();
        Add(used, type.BaseType);
        foreach (Type contract in type.GetInterfaces()) Add(used, contract);
        foreach (FieldInfo field in type.GetFields(Own)) Add(used, field.FieldType);
        foreach (MethodBase method in type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own)))
        {
            foreach (ParameterInfo parameter in method.GetParameters()) Add(used, parameter.ParameterType);
            if (method is MethodInfo { ReturnType: { } result }) Add(used, result);
            if (method.GetMethodBody() is not { } body) continue;
            foreach (LocalVariableInfo local in body.LocalVariables) Add(used, local.LocalType);
            AddInstructions(used, method, body.GetILAsByteArray()!);
        }
        return used;
    }

    private static void AddInstructions(HashSet<Type> used, MethodBase method, byte[] code)
    {
        Type[]? ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int at = 0; at < code.Length;)
        {
            OpCode op = code[at] == 0xFE ? OpCodeOf[0x100 + code[at + 1]] : OpCodeOf[code[at]];
            at += op.Size;
            if (op.OperandType is OperandType.InlineType or OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok)
                AddMember(used, method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod)!);
            at += OperandLength(op.OperandType, code, at);
        }
    }

    private static int OperandLength(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };

    private static void AddMember(HashSet<Type> used, MemberInfo member)
    {
        if (member is Type type) Add(used, type);
        else Add(used, member.DeclaringType);
        if (member is FieldInfo field) Add(used, field.FieldType);
        if (member is not MethodInfo called) return;
        Add(used, called.ReturnType);
        if (called.IsGenericMethod)
            foreach (Type argument in called.GetGenericArguments()) Add(used, argument);
    }

    private static void Add(HashSet<Type> used, Type? type)
    {
        while (type is { HasElementType: true }) type = type.GetElementType();
        if (type is null || type.IsGenericParameter) return;
        if (type.IsGenericType)
        {
            foreach (Type argument in type.GetGenericArguments()) Add(used, argument);
            type = type.GetGenericTypeDefinition();
        }
        used.Add(type);
    }

    private static OpCode[] ReadOpCodes()
    {
        var table = new OpCode[0x200];
        foreach (FieldInfo field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var op = (OpCode)field.GetValue(null)!;
            table[op.Size == 1 ? (byte)op.Value : 0x100 + (byte)op.Value] = op;
        }
        return table;
    }
}
